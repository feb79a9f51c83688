using ODataEngine.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders how to report an error in the information about an office, to the contact of the settings; nothing without a contact.</summary>
internal static class ErrorReport
{
    public static void Render(HtmlBuilder html, OfficeView office, PortalOptions options)
    {
        if (options is { ContactEmail: null, ContactPage: null })
        {
            return;
        }

        html.AppendLine($"""
            <section aria-labelledby="report">
            <h2 id="report">{new LocalizedString("Report an error", "Rapportera fel")}</h2>
            <p>{new LocalizedString("Is anything on this page wrong or missing? Tell us, and name a source if you can.", "Är något på sidan fel eller saknas något? Hör av dig, gärna med en källa.")}</p>
            <ul class="chips">
            """);
        if (options.ContactEmail is { } email)
        {
            var subject = html.Language.Localize(new($"Error: {office.Office.Name} ({office.Id})", $"Fel: {office.Office.Name} ({office.Id})"));
            html.AppendLine($"<li><a class=\"chip\" href=\"mailto:{email}?subject={Uri.EscapeDataString(subject)}\">{new LocalizedString("Send an e-mail", "Skicka e-post")}</a></li>");
        }

        if (options.ContactPage is { } page)
        {
            html.AppendLine($"<li><a class=\"chip\" href=\"{page}\" rel=\"external\">{new LocalizedString("Contact page", "Kontaktsida")}</a></li>");
        }

        html.AppendLine($"</ul>\n</section>");
    }
}
