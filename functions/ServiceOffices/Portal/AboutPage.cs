using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>Where the data comes from, what it does not know, and who answers for it.</summary>
internal static class AboutPage
{
    public const string LicenceUrl = "https://creativecommons.org/publicdomain/zero/1.0/";

    private static readonly Text Heading = new("About the data", "Om datan");

    private static readonly Text Lead = new(
        "Where you live must not decide your access to state service. This is the data to see whether it does.",
        "Var man bor ska inte avgöra vilken tillgång man har till statlig service. Här är datan för att se om det är så.");

    public static Page Of(Network network, PortalOptions options) => new(Heading, Lead, [], html =>
    {
        html.Add($"""
            <div class="band">
            <h1>{Heading}</h1>
            <p class="lead">{Lead}</p>
            <div class="prose">
            <p class="notice">{new Text("This is not an official service of any Swedish authority, and no authority has approved it.", "Det här är inte en tjänst från någon svensk myndighet, och ingen myndighet har godkänt den.")}</p>
            <h2 id="source">{new Text("Source", "Källa")}</h2>
            <p>{new Text("The register is compiled from public material: press releases of the government, pages of the National Government Service Centre, reports of the National Audit Office and the press. Every office and every event names its own sources; you find them on the office's page and in the data.", "Registret är sammanställt ur offentligt material: regeringens pressmeddelanden, Statens servicecenters sidor, Riksrevisionens rapporter och pressen. Varje kontor och varje händelse anger sina egna källor; de finns på kontorets sida och i datan.")}</p>
            <p>{new Text("Municipalities and population are SCB's (2019-12-31). The maps' outlines are Natural Earth's, which is in the public domain, drawn in SWEREF 99 TM.", "Kommuner och folkmängd är SCB:s (2019-12-31). Kartornas konturer är Natural Earths, som är fria att använda (public domain), ritade i SWEREF 99 TM.")}</p>
            """);
        AddQuality(html, network);
        html.Add($"""
            <h2 id="licence">{new Text("Licence", "Licens")}</h2>
            <p>{new Text("The data is dedicated to the public domain under", "Datan är fri att använda för vad som helst under")} <a href="{LicenceUrl}" rel="license">CC0 1.0</a>{new Text(": use it for anything, no permission needed.", ": inget tillstånd behövs.")}</p>
            """);
        AddContact(html, options);
        html.Add($"""
            <h2 id="more">{new Text("More", "Mer")}</h2>
            <ul>
            <li><a href="{new PageAddress(PageKind.Accessibility, html.Language)}">{new Text("Accessibility statement", "Tillgänglighetsredogörelse")}</a></li>
            <li><a href="{new PageAddress(PageKind.Privacy, html.Language)}">{new Text("Privacy", "Integritet")}</a></li>
            <li><a href="/publications/">{new Text("Every revision, with what it takes to check that history was not rewritten", "Alla revisioner, med det som behövs för att kontrollera att historiken inte har skrivits om")}</a></li>
            </ul>
            </div>
            </div>
            """);
    });

    private static void AddQuality(Html html, Network network)
    {
        var offices = network.Offices;
        var places = offices.Count(office => !office.HasPlace);
        var seats = offices.Count(office => office.Office.LocationPrecision == "municipality");
        var addresses = offices.Count(office => office.Office.Address is not null);
        var hours = offices.Count(office => office.Office.OpeningHours.Count > 0);
        var video = offices.Count(office => office.Office.VideoMeetings is not null);
        html.Add($"""
            <h2 id="quality">{new Text("What the data does not know", "Vad datan inte vet")}</h2>
            <ul>
            <li>{new Text($"{offices.Count} offices are named by public sources one by one.", $"{offices.Count} kontor nämns vart för sig i offentliga källor.")} {Official(network)}</li>
            <li>{new Text($"Addresses are known of {addresses} offices and opening hours of {hours}: they are not public as data. The fields are there, and stay empty until they are.", $"Adress är känd för {addresses} kontor och öppettider för {hours}: de är inte offentliga som data. Fälten finns och förblir tomma tills de är det.")}</li>
            <li>{new Text($"The position of {seats} offices is their municipality's seat, not a door; {places} have no decided place.", $"Läget för {seats} kontor är kommunens centralort, inte en entré; {places} har ingen bestämd plats.")}</li>
            <li>{new Text($"Whether there are video meetings is known of {video} offices.", $"Om det finns videomöten är känt för {video} kontor.")}</li>
            <li>{new Text("“Planned” without a later opening means only that no source for the opening was found.", "”Planerat” utan senare öppning betyder bara att ingen källa till öppningen har hittats.")}</li>
            <li>{new Text("Status is computed from the dated events, each day anew: the last one that counts decides.", "Status räknas ut ur de daterade händelserna, varje dag på nytt: den sista som räknas avgör.")}</li>
            </ul>
            """);
    }

    private static Text Official(Network network) => network.OfficialTotal is { } total && Labels.Date(total.On, total.Precision) is var date
        ? new($"The official total was {total.Offices} ({date.En}), but no public list names them all. “Known to be open” is what sources prove, never the whole network.",
            $"Det officiella antalet var {total.Offices} ({date.Sv}), men ingen offentlig lista nämner alla. ”Känt som öppet” är vad källor belägger, aldrig hela nätet.")
        : new("", "");

    private static void AddContact(Html html, PortalOptions options)
    {
        html.Add($"<h2 id=\"contact\">{new Text("Contact", "Kontakt")}</h2>");
        if (options is { ContactName: null, ContactEmail: null, ContactPage: null })
        {
            html.Add($"<p>{new Text("Whoever runs this installation has not stated how to reach them.", "Den som driver den här installationen har inte angett hur man når dem.")}</p>");
            return;
        }

        html.Add($"<p>{options.ContactName}");
        if (options.ContactEmail is { } email)
        {
            html.Add($"<a href=\"mailto:{email}\">{email}</a>");
        }

        if (options.ContactPage is { } page)
        {
            html.Add($"<a href=\"{page}\" rel=\"external\">{page}</a>");
        }

        html.Add($"</p>");
    }
}
