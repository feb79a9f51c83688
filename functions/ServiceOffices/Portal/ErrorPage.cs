using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>Says what is wrong in words for everybody, and where to go from there.</summary>
internal static class ErrorPage
{
    public static PortalPage Create(int status, string detail)
    {
        var (title, explanation) = status switch
        {
            404 => (new LocalizedString("Page not found", "Sidan finns inte"),
                new LocalizedString("Check that the web address is correct. It may also refer to an office that is not in the register.", "Kontrollera att webbadressen är rätt skriven. Den kan också gälla ett kontor som inte finns i registret.")),
            503 => (new LocalizedString("Temporarily unavailable", "Tjänsten är inte tillgänglig just nu"),
                new LocalizedString("The data cannot be displayed at the moment. Try again in a minute.", "Uppgifterna kan inte visas just nu. Försök igen om en minut.")),
            _ => (new LocalizedString("Something went wrong", "Något gick fel"), new LocalizedString("The request could not be processed.", "Det gick inte att behandla din förfrågan.")),
        };
        return new PortalPage(title, explanation, [], html => html.AppendLine($"""
            <div class="band error">
            <p class="error-code">{status}</p>
            <h1>{title}</h1>
            <p class="lead">{explanation}</p>
            <p class="soft" lang="en">{detail}</p>
            <ul class="chips">
            <li><a class="chip" href="{new PageUrl(PageKind.Start, html.Language).ExplicitLanguageUrl}">{new LocalizedString("Go to the home page", "Till startsidan")}</a></li>
            <li><a class="chip" href="{new PageUrl(PageKind.Offices, html.Language)}">{new LocalizedString("All offices", "Alla kontor")}</a></li>
            </ul>
            </div>
            """));
    }
}
