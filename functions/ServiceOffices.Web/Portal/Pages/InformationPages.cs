using ODataEngine.Model;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The accessibility statement.</summary>
internal static class AccessibilityPage
{
    private static readonly LocalizedString Heading = new("Accessibility", "Tillgänglighet");

    private static readonly LocalizedString Lead = new(
        "Everyone should be able to use the portal, with any device and any assistive technology.", "Alla ska kunna använda portalen, oavsett enhet och hjälpmedel.");

    public static readonly PortalPage Page = new(Heading, Lead, [], html => html.AppendLine($"""
        <div class="band">
        <h1>{Heading}</h1>
        <p class="lead">{Lead}</p>
        <div class="prose">
        <h2>{new LocalizedString("Our goal", "Vårt mål")}</h2>
        <p>{new LocalizedString("The portal aims to meet the Web Content Accessibility Guidelines (WCAG) 2.2, level AA. The European standard EN 301 549 is based on WCAG.", "Portalen ska uppfylla riktlinjerna för tillgängligt webbinnehåll, WCAG 2.2, nivå AA. Den europeiska standarden EN 301 549 bygger på WCAG.")}</p>
        <ul>
        <li>{new LocalizedString("Everything works without scripts, with only a keyboard, on screens 360 pixels wide and in print.", "Allt fungerar utan skript, med enbart tangentbord, på skärmar som är 360 pixlar breda och i utskrift.")}</li>
        <li>{new LocalizedString("Everything shown in a map or chart is also available in a table.", "Det som visas i en karta eller ett diagram finns också i en tabell.")}</li>
        <li>{new LocalizedString("Status is shown with both a shape and a label, never with colour alone. Light or dark mode follows the setting on your device.", "Status visas med både form och text, aldrig enbart med färg. Ljust eller mörkt läge följer inställningen i din enhet.")}</li>
        </ul>
        <h2>{new LocalizedString("How we test", "Så testar vi")}</h2>
        <p>{new LocalizedString("With each change, every page is checked in a browser with axe-core, in both languages and in light and dark mode. The HTML is checked with html-validate. Separate tests cover keyboard use, use without scripts and narrow screens. The portal has not yet been tested by people who use assistive technology every day.", "Vid varje ändring kontrolleras alla sidor i en webbläsare med axe-core, på båda språken och i ljust och mörkt läge. Html-koden kontrolleras med html-validate. Särskilda tester gäller tangentbord, användning utan skript och smala skärmar. Portalen har ännu inte testats av personer som använder hjälpmedel i vardagen.")}</p>
        <h2>{new LocalizedString("Known issues", "Kända brister")}</h2>
        <ul>
        <li>{new LocalizedString("Office names are in Swedish and notes on events in English. They are not translated. The language of notes is marked.", "Kontorens namn är på svenska och anmärkningar till händelser på engelska. De är inte översatta. Anmärkningarna är märkta med sitt språk.")}</li>
        <li>{new LocalizedString("Where offices are close together, one point on the map stands for several of them. They are separate points on the map of their county, and all offices are in the list.", "Där kontoren ligger tätt står en punkt på kartan för flera kontor. På länets karta är de egna punkter, och alla kontor finns i listan.")}</li>
        </ul>
        <h2>{new LocalizedString("Report a problem", "Rapportera brister")}</h2>
        <p>{new LocalizedString("If something does not work for you, contact us. You will find contact details on", "Kontakta oss om något inte fungerar för dig. Kontaktuppgifter finns på")} <a href="{new PageUrl(PageKind.About, html.Language)}#contact">{new LocalizedString("the page About the data", "sidan Om uppgifterna")}</a>.</p>
        </div>
        </div>
        """));
}

/// <summary>The error page.</summary>
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

/// <summary>The privacy page.</summary>
internal static class PrivacyPage
{
    private static readonly LocalizedString Heading = new("Privacy", "Integritet");

    private static readonly LocalizedString Lead = new("No cookies, no tracking, nothing from third parties.", "Inga kakor, ingen spårning, inget från tredje part.");

    public static readonly PortalPage Page = new(Heading, Lead, [], html => html.AppendLine($"""
        <div class="band">
        <h1>{Heading}</h1>
        <p class="lead">{Lead}</p>
        <div class="prose">
        <ul>
        <li>{new LocalizedString("The website sets no cookies and stores nothing in your browser apart from its normal cache.", "Webbplatsen använder inga kakor och sparar inget i din webbläsare, utöver webbläsarens vanliga cache.")}</li>
        <li>{new LocalizedString("Nothing is loaded from other websites: no fonts, maps or analytics. The browser is instructed to block such content.", "Inget hämtas från andra webbplatser, varken typsnitt, kartor eller besöksstatistik. Webbläsaren är instruerad att blockera sådant innehåll.")}</li>
        <li>{new LocalizedString("“Nearest to me” calculates distances in your browser. The website does not send your position to us or to anyone else.", "”Närmast mig” räknar ut avstånden i din webbläsare. Webbplatsen skickar inte din position till oss eller till någon annan.")}</li>
        <li>{new LocalizedString("If scripts are turned off, your search terms become part of the URL. The server may log URLs for operational purposes.", "Om skript är avstängda blir dina sökord en del av webbadressen. Servern kan logga webbadresser för drift och felsökning.")}</li>
        <li>{new LocalizedString("The register contains information about offices, not about people.", "Registret innehåller uppgifter om kontor, inte om personer.")}</li>
        </ul>
        </div>
        </div>
        """));
}
