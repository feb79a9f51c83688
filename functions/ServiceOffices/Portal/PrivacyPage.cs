using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>What the portal does not do with its readers.</summary>
internal static class PrivacyPage
{
    private static readonly Text Heading = new("Privacy", "Integritet");

    private static readonly Text Lead = new("No cookies, no tracking, nothing from third parties.", "Inga kakor, ingen spårning, inget från tredje part.");

    public static readonly Page Page = new(Heading, Lead, [], html => html.Add($"""
        <div class="band">
        <h1>{Heading}</h1>
        <p class="lead">{Lead}</p>
        <div class="prose">
        <ul>
        <li>{new Text("The pages set no cookies and keep nothing in your browser but its ordinary cache.", "Sidorna sätter inga kakor och sparar inget i din webbläsare utöver dess vanliga cache.")}</li>
        <li>{new Text("They load nothing from other places: no fonts, no maps, no statistics. Your browser is told to refuse it.", "De hämtar inget från andra platser: inga typsnitt, inga kartor, ingen statistik. Din webbläsare får besked att vägra det.")}</li>
        <li>{new Text("“Nearest to me” measures in your browser. Your position is sent nowhere, neither to us nor to anybody else by us.", "”Närmast mig” räknar i din webbläsare. Din position skickas ingenstans av oss, varken till oss eller till någon annan.")}</li>
        <li>{new Text("What you type in the search without a script is part of the address, as with any link, and the server may log addresses for operation.", "Det du söker på utan skript blir en del av adressen, som i vilken länk som helst, och servern kan logga adresser för driften.")}</li>
        <li>{new Text("The register holds offices, not people.", "Registret innehåller kontor, inte personer.")}</li>
        </ul>
        </div>
        </div>
        """));
}
