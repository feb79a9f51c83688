using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The page of an office that was removed from the register: its published changes.</summary>
internal static class RemovedOfficePage
{
    /// <param name="last">The latest change of the office.</param>
    public static PortalPage Create(Publication publication, Change last) => new(
        new(last.Name, last.Name),
        new($"{last.Name} has been removed from the register.", $"{last.Name} har tagits bort ur registret."),
        [],
        html =>
        {
            html.AppendLine($"""
                <article class="band office">
                <p class="crumbs"><a href="{new PageUrl(PageKind.Offices, html.Language)}">{new LocalizedString("All offices", "Alla kontor")}</a></p>
                <div class="office-head"><div>
                <h1>{last.Name}</h1>
                <p class="notice">{new LocalizedString("This office has been removed from the register. Its history remains.", "Kontoret har tagits bort ur registret. Historiken finns kvar.")}</p>
                </div></div>
                """);
            OfficeChanges.Render(html, publication, last.OfficeId, showAdded: true);
            html.AppendLine($"</article>");
        });
}
