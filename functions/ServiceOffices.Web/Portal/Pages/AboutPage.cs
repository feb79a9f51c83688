using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The about page: sources, limitations, licence and contact.</summary>
internal static class AboutPage
{
    public const string LicenceUrl = Licence.Url;

    private static readonly LocalizedString Heading = new("About the data", "Om uppgifterna");

    private static readonly LocalizedString Lead = new(
        "Access to government services should not depend on where you live. This data shows how access varies across Sweden.",
        "Tillgången till statlig service ska inte bero på var man bor. Med de här uppgifterna kan du se hur tillgången ser ut i hela landet.");

    public static PortalPage Create(PublicationView view, PortalOptions options) => new(Heading, Lead, [], html =>
    {
        html.AppendLine($"""
            <div class="band">
            <h1>{Heading}</h1>
            <p class="lead">{Lead}</p>
            <div class="prose">
            <p class="notice">{new LocalizedString("This is not an official service of any Swedish authority, and no authority has approved it.", "Det här är inte en tjänst från någon svensk myndighet, och ingen myndighet har godkänt den.")}</p>
            <h2 id="source">{new LocalizedString("Source", "Källa")}</h2>
            <p>{new LocalizedString("The register is compiled from public sources: government press releases, the website of the National Government Service Centre, reports by the Swedish National Audit Office and news media. The sources for each office and each event are listed on the office's page and in the data files.", "Registret är sammanställt från offentliga källor: regeringens pressmeddelanden, Statens servicecenters webbplats, Riksrevisionens rapporter och nyhetsmedier. Källorna till varje kontor och varje händelse anges på kontorets sida och i datafilerna.")}</p>
            <p>{new LocalizedString("Data on municipalities and population comes from Statistics Sweden (SCB), 31 December 2019. The map outlines come from Natural Earth (public domain) and use the SWEREF 99 TM projection.", "Uppgifter om kommuner och folkmängd kommer från SCB (31 december 2019). Kartornas konturer kommer från Natural Earth, får användas fritt (public domain) och är ritade i SWEREF 99 TM.")}</p>
            """);
        RenderQuality(html, view);
        html.AppendLine($"""
            <h2 id="licence">{new LocalizedString("Licence", "Licens")}</h2>
            <p>{new LocalizedString("The data is dedicated to the public domain under", "Du får använda uppgifterna fritt för alla ändamål enligt")} <a href="{LicenceUrl}" rel="license">CC0 1.0</a>{new LocalizedString(". You may use it for any purpose without asking permission.", ". Du behöver inte be om tillstånd.")}</p>
            """);
        RenderContact(html, options);
        html.AppendLine($"""
            <h2 id="more">{new LocalizedString("Read more", "Läs mer")}</h2>
            <ul>
            <li><a href="{new PageUrl(PageKind.Accessibility, html.Language)}">{new LocalizedString("Accessibility statement", "Tillgänglighetsredogörelse")}</a></li>
            <li><a href="{new PageUrl(PageKind.Privacy, html.Language)}">{new LocalizedString("Privacy", "Integritet")}</a></li>
            <li><a href="/publications/">{new LocalizedString("All revisions, with hashes to verify that the history has not been altered", "Alla revisioner, med kontrollsummor som visar att historiken inte har ändrats i efterhand")}</a></li>
            </ul>
            </div>
            </div>
            """);
    });

    private static void RenderQuality(HtmlBuilder html, PublicationView view)
    {
        var offices = view.Offices;
        var withoutCoordinates = offices.Count(office => !office.HasCoordinates);
        var atMunicipalitySeat = offices.Count(office => office.Office.LocationPrecision == LocationPrecision.Municipality);
        var withAddress = offices.Count(office => office.Office.Address is not null);
        var withOpeningHours = offices.Count(office => office.Office.OpeningHours.Count > 0);
        var withKnownVideo = offices.Count(office => office.Office.VideoMeetings is not null);
        html.AppendLine($"""
            <h2 id="quality">{new LocalizedString("Limitations of the data", "Vad uppgifterna inte visar")}</h2>
            <ul>
            <li>{new LocalizedString($"{offices.Count} offices are named in public sources.", $"{offices.Count} kontor är namngivna i offentliga källor.")} {GetOfficialCountText(view)}</li>
            <li>{GetAddressText(withAddress, withOpeningHours)}</li>
            <li>{new LocalizedString($"For {atMunicipalitySeat} offices the position is the main town of the municipality, not an entrance. For {withoutCoordinates} offices no location has been decided.", $"För {atMunicipalitySeat} kontor anges läget som kommunens centralort, inte som en entré. För {withoutCoordinates} kontor är platsen inte bestämd.")}</li>
            <li>{new LocalizedString($"Whether video meetings are offered is known for {withKnownVideo} offices.", $"För {withKnownVideo} kontor är det känt om videomöten erbjuds.")}</li>
            <li>{new LocalizedString("If an office is “Planned” and has no later opening, it only means that no source for an opening was found.", "Om ett kontor är ”Planerat” och ingen öppning anges betyder det bara att vi inte har hittat någon källa som visar att kontoret har öppnat.")}</li>
            <li>{new LocalizedString("The status of an office is calculated every day from its dated events. The latest event that affects the status decides.", "Ett kontors status räknas ut varje dag utifrån dess daterade händelser. Den senaste händelsen som påverkar status avgör.")}</li>
            </ul>
            """);
    }

    private static LocalizedString GetAddressText(int withAddress, int withOpeningHours) => withAddress + withOpeningHours == 0
        ? new("Addresses and opening hours are not yet available as open data. The fields are empty until the information is published.",
            "Adresser och öppettider finns ännu inte som öppna data. Fälten är tomma tills uppgifterna publiceras.")
        : new($"Addresses and opening hours are not yet available as open data for all offices. The address is known for {withAddress} offices and the opening hours for {withOpeningHours}. For all other offices the fields are empty until the information is published.",
            $"Adresser och öppettider finns ännu inte som öppna data för alla kontor. Adressen är känd för {withAddress} kontor och öppettiderna för {withOpeningHours}. För övriga kontor är fälten tomma tills uppgifterna publiceras.");

    private static LocalizedString GetOfficialCountText(PublicationView view) => view.LatestOfficialCount is { } total && LabelFormatter.FormatDate(total.On, total.Precision) is var date
        ? new($"The official total was {total.Offices} ({date.En}), but no public list names them all. “Known to be open” covers only offices confirmed by a source, not all offices.",
            $"Det officiella antalet var {total.Offices} ({date.Sv}), men ingen offentlig lista nämner alla kontor. ”Kända som öppna” omfattar bara kontor som källor visar är öppna, inte hela kontorsnätet.")
        : new("", "");

    private static void RenderContact(HtmlBuilder html, PortalOptions options)
    {
        html.AppendLine($"<h2 id=\"contact\">{new LocalizedString("Contact", "Kontakt")}</h2>");
        if (options is { ContactName: null, ContactEmail: null, ContactPage: null })
        {
            html.AppendLine($"<p>{new LocalizedString("No contact details have been provided for this website.", "Den som driver den här webbplatsen har inte lämnat några kontaktuppgifter.")}</p>");
            return;
        }

        html.AppendLine($"<p>{options.ContactName}");
        if (options.ContactEmail is { } email)
        {
            html.AppendLine($"<a href=\"mailto:{email}\">{email}</a>");
        }

        if (options.ContactPage is { } page)
        {
            html.AppendLine($"<a href=\"{page}\" rel=\"external\">{page}</a>");
        }

        html.AppendLine($"</p>");
    }
}
