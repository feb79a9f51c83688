using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders what visitors of an office need: address, opening hours, contact details and agencies.</summary>
internal static class OfficeVisit
{
    private const string HoursFormat = "HH:mm";

    public static void Render(HtmlBuilder html, PublicationView view, OfficeView office)
    {
        var facts = office.Office;
        html.AppendLine($"<section aria-labelledby=\"visit\">\n<h2 id=\"visit\">{new LocalizedString("Visit the office", "Besök kontoret")}</h2>");
        RenderContact(html, facts);
        RenderHours(html, facts);
        RenderSpecialHours(html, facts);
        RenderMissing(html, view, facts);
        html.AppendLine($"</section>");
    }

    /// <summary>Renders the agencies that the office helps with, as links with their telephone numbers.</summary>
    public static void RenderAgencies(HtmlBuilder html, PublicationView view, Office office)
    {
        html.AppendLine($"<section aria-labelledby=\"agencies\">\n<h2 id=\"agencies\">{new LocalizedString("Provides help with services from", "Hjälper till med ärenden hos")}</h2>");
        if (office.Services.Count == 0)
        {
            html.AppendLine($"<p>{new LocalizedString("No information in the sources.", "Uppgift saknas i källorna.")}</p>\n</section>");
            return;
        }

        html.AppendLine($"<ul class=\"services\">");
        foreach (var service in office.Services)
        {
            var levels = string.Join(", ", service.Levels.Select(level => html.Language.Localize(LabelFormatter.GetLabel(Codes.Level, level)).ToLowerInvariant()));
            html.AppendLine($"<li>");
            if (view.FindAgency(service.Agency) is { } agency)
            {
                html.AppendLine($"<span class=\"agency\"><a href=\"{agency.WebPage}\" rel=\"external\">{LabelFormatter.GetName(agency)}</a>");
                RenderPhone(html, agency.Phone);
                html.AppendLine($"</span>");
            }
            else
            {
                html.AppendLine($"<span class=\"agency\">{service.Agency}</span>");
            }

            html.AppendLine($"<span class=\"soft\">{levels}</span></li>");
        }

        html.AppendLine($"</ul>\n</section>");
    }

    private static void RenderContact(HtmlBuilder html, Office office)
    {
        if (office is { Address: null, Phone: null, Email: null, WebPage: null })
        {
            return;
        }

        html.AppendLine($"<dl class=\"facts\">");
        if (office.Address is { } address)
        {
            var text = string.Join(", ", new[] { address.Street, $"{FormatPostalCode(address.PostalCode)} {address.City}".Trim() }.Where(part => !string.IsNullOrEmpty(part)));
            html.AppendLine($"<div><dt>{new LocalizedString("Address", "Adress")}</dt><dd>{text}");
            if (address.Street is not null)
            {
                html.AppendLine($"<br><a href=\"https://www.openstreetmap.org/directions?to={Uri.EscapeDataString(text)}\" rel=\"external\">{new LocalizedString("Directions (OpenStreetMap)", "Vägbeskrivning (OpenStreetMap)")}</a>");
            }

            html.AppendLine($"</dd></div>");
        }

        if (office.Phone is { Length: > 0 } phone)
        {
            html.AppendLine($"<div><dt>{new LocalizedString("Phone", "Telefon")}</dt><dd>");
            RenderPhone(html, phone);
            html.AppendLine($"</dd></div>");
        }

        if (office.Email is { Length: > 0 } email)
        {
            html.AppendLine($"<div><dt>{new LocalizedString("E-mail", "E-post")}</dt><dd><a href=\"mailto:{email}\">{email}</a></dd></div>");
        }

        if (office.WebPage is { } webPage)
        {
            html.AppendLine($"<div><dt>{new LocalizedString("Web page", "Webbsida")}</dt><dd><a href=\"{webPage}\" rel=\"external\">{webPage}</a></dd></div>");
        }

        html.AppendLine($"</dl>");
    }

    // With a no-break hyphen and no-break spaces, so that the number stays on one line.
    private static void RenderPhone(HtmlBuilder html, string phone) =>
        html.AppendLine($"<a class=\"whole\" href=\"{PhoneNumberFormatter.GetUrl(phone)}\">{PhoneNumberFormatter.Format(phone).Replace('-', '\u2011').Replace(' ', '\u00A0')}</a>");

    // hours.js marks the current day and shows whether the office is open, because the page is the same until the next publication.
    private static void RenderHours(HtmlBuilder html, Office office)
    {
        if (office.OpeningHours.Count == 0)
        {
            return;
        }

        html.AppendLine($"<h3>{new LocalizedString("Opening hours", "Öppettider")}</h3>\n<ul class=\"hours\" data-today=\"{new LocalizedString("today", "i dag")}\">");
        foreach (var day in Codes.DayOfWeek.Codes)
        {
            var hours = office.OpeningHours.Where(hours => hours.DayOfWeek == day.Value).OrderBy(hours => hours.Opens).ToList();
            var times = hours.Count == 0 ? html.Language.Localize(new("closed", "stängt")) : string.Join(", ", hours.Select(opening => FormatHours(html.Language, opening)));
            html.AppendLine($"<li data-day=\"{day.Value}\" data-hours=\"{FormatPeriods(hours.Select(opening => (opening.Opens, opening.Closes)))}\"><span>{new LocalizedString(day.En, day.Sv)}</span> <span>{times}</span></li>");
        }

        html.AppendLine($"</ul>");
    }

    private static void RenderSpecialHours(HtmlBuilder html, Office office)
    {
        if (office.SpecialHours.Count == 0)
        {
            return;
        }

        html.AppendLine($"<h3>{new LocalizedString("Exceptions", "Avvikande öppettider")}</h3>\n<ul class=\"hours\">");
        foreach (var day in office.SpecialHours.GroupBy(special => special.On).OrderBy(group => group.Key))
        {
            var periods = day.Where(special => special is { Opens: not null, Closes: not null }).Select(special => (special.Opens!.Value, special.Closes!.Value)).Order().ToList();
            var times = periods.Count == 0 ? html.Language.Localize(new("closed", "stängt")) : string.Join(", ", periods.Select(period => FormattableString.Invariant($"{period.Item1:HH:mm}–{period.Item2:HH:mm}")));
            html.AppendLine($"<li data-on=\"{day.Key:yyyy-MM-dd}\" data-hours=\"{FormatPeriods(periods)}\"><span>{LabelFormatter.FormatDate(day.Key)}</span> <span>{times} {string.Join(", ", day.Select(special => special.Reason).OfType<string>())}</span></li>");
        }

        html.AppendLine($"</ul>");
    }

    private static void RenderMissing(HtmlBuilder html, PublicationView view, Office office)
    {
        var missing = new (bool IsMissing, LocalizedString Name)[]
        {
            (office.Address?.Street is null, new("address", "adress")),
            (office.OpeningHours.Count == 0, new("opening hours", "öppettider")),
            (office.Phone is null && office.Email is null, new("contact details", "kontaktuppgifter")),
        }.Where(item => item.IsMissing).Select(item => item.Name).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var english = Join(missing.ConvertAll(name => name.En), "and");
        var swedish = Join(missing.ConvertAll(name => name.Sv), "och");
        html.AppendLine($"<p>{new LocalizedString($"The register has no {english} for this office.", $"Registret saknar {swedish} för kontoret.")}");
        if (view.FindAgency(AgencyId.ServiceCentre) is { } centre)
        {
            html.AppendLine($"{new LocalizedString("See", "Se")} <a href=\"{centre.WebPage}\" rel=\"external\">{LabelFormatter.GetName(centre)}</a>.");
        }

        html.AppendLine($"</p>");
    }

    private static string Join(List<string> words, string conjunction) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} {conjunction} {words[^1]}";

    private static string FormatHours(Language language, OpeningHours hours) =>
        FormattableString.Invariant($"{hours.Opens:HH:mm}–{hours.Closes:HH:mm}") + (hours.ByAppointment ? language.Localize(new(" (by appointment)", " (tidsbokning)")) : "");

    private static string FormatPeriods(IEnumerable<(TimeOnly Opens, TimeOnly Closes)> periods) => string.Join(' ', periods.Select(period =>
        $"{period.Opens.ToString(HoursFormat, System.Globalization.CultureInfo.InvariantCulture)}-{period.Closes.ToString(HoursFormat, System.Globalization.CultureInfo.InvariantCulture)}"));

    // Swedish postal codes are written in two groups: 413 27.
    private static string? FormatPostalCode(string? code) => code is { Length: 5 } ? $"{code[..3]} {code[3..]}" : code;
}
