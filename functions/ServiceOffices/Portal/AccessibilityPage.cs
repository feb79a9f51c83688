using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>How accessible the portal is, how that was tested, and what is known to be lacking.</summary>
internal static class AccessibilityPage
{
    private static readonly Text Heading = new("Accessibility", "Tillgänglighet");

    private static readonly Text Lead = new(
        "Everyone should be able to use the portal, whatever they use it with.", "Alla ska kunna använda portalen, oavsett vad man använder den med.");

    public static readonly Page Page = new(Heading, Lead, [], html => html.Add($"""
        <div class="band">
        <h1>{Heading}</h1>
        <p class="lead">{Lead}</p>
        <div class="prose">
        <h2>{new Text("What we aim at", "Vad vi siktar på")}</h2>
        <p>{new Text("The web content accessibility guidelines WCAG 2.2, level AA, which the European standard EN 301 549 builds on.", "Riktlinjerna för tillgängligt webbinnehåll WCAG 2.2, nivå AA, som den europeiska standarden EN 301 549 bygger på.")}</p>
        <ul>
        <li>{new Text("Everything works without scripts, with a keyboard alone, at 360 pixels' width and on paper.", "Allt fungerar utan skript, med bara tangentbord, på 360 bildpunkters bredd och på papper.")}</li>
        <li>{new Text("Behind every map and chart there is a table that says the same.", "Bakom varje karta och diagram finns en tabell som säger detsamma.")}</li>
        <li>{new Text("Statuses have a shape and a word, never a colour alone; light and dark follow your own setting.", "Statusar har en form och ett ord, aldrig bara en färg; ljust och mörkt följer din egen inställning.")}</li>
        </ul>
        <h2>{new Text("How it is tested", "Hur det testas")}</h2>
        <p>{new Text("Every page, in both languages and both colour schemes, is checked in a real browser with axe-core at each change, and its markup with html-validate. Keyboard use, no-script use and a phone's width have tests of their own. Nobody has yet tested it with people who use assistive technology every day.", "Varje sida, på båda språken och i båda färgscheman, kontrolleras i en riktig webbläsare med axe-core vid varje ändring, och dess kod med html-validate. Tangentbord, läge utan skript och telefonbredd har egna tester. Ingen har ännu testat den med personer som använder hjälpmedel varje dag.")}</p>
        <h2>{new Text("What is lacking", "Vad som brister")}</h2>
        <ul>
        <li>{new Text("Offices' names and the notes on events are in the language of their source and are not translated.", "Kontorens namn och anmärkningarna om händelser står på källans språk och är inte översatta.")}</li>
        <li>{new Text("Where offices lie close, points on the map are smaller than a fingertip; the list beside it has each of them.", "Där kontor ligger tätt är kartans punkter mindre än en fingertopp; listan bredvid har vart och ett.")}</li>
        </ul>
        <h2>{new Text("Tell us", "Berätta för oss")}</h2>
        <p>{new Text("If something does not work for you, use the contact on", "Om något inte fungerar för dig, använd kontakten på")} <a href="{new PageAddress(PageKind.About, html.Language)}#contact">{new Text("the page about the data", "sidan om datan")}</a>.</p>
        </div>
        </div>
        """));
}
