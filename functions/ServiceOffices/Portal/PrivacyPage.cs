using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>What the portal does not do with its readers.</summary>
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
