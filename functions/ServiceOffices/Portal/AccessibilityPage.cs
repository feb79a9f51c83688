using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>How accessible the portal is, how that was tested, and what is known to be lacking.</summary>
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
        <li>{new LocalizedString("Office names and notes on events are in the language of the source and are not translated.", "Kontorens namn och anmärkningar till händelser är på källans språk och är inte översatta.")}</li>
        <li>{new LocalizedString("Where offices are close together, the points on the map are small and hard to tap. All offices are in the list next to the map.", "Där kontoren ligger tätt är punkterna på kartan små och svåra att träffa med fingret. Alla kontor finns i listan bredvid kartan.")}</li>
        </ul>
        <h2>{new LocalizedString("Report a problem", "Rapportera brister")}</h2>
        <p>{new LocalizedString("If something does not work for you, contact us. You will find contact details on", "Kontakta oss om något inte fungerar för dig. Kontaktuppgifter finns på")} <a href="{new PageUrl(PageKind.About, html.Language)}#contact">{new LocalizedString("the page About the data", "sidan Om uppgifterna")}</a>.</p>
        </div>
        </div>
        """));
}
