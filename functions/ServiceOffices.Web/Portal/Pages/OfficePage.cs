using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The page of an office: facts, lifecycle events with sources, published changes, and data.</summary>
internal static class OfficePage
{
    private static readonly LocalizedString NotPublic = new("Not available as open data", "Finns inte som öppna data");

    public static PortalPage Create(PublicationView view, OfficeView office) => new(
        new(office.Office.Name, office.Office.Name),
        new($"{office.Office.Name}: status, services, history and sources.", $"{office.Office.Name}: status, service, historik och källor."),
        [],
        html => RenderBody(html, view, office));

    private static void RenderBody(HtmlBuilder html, PublicationView view, OfficeView office)
    {
        html.AppendLine($"""
            <article class="band office">
            <p class="crumbs"><a href="{new PageUrl(PageKind.Offices, html.Language)}">{new LocalizedString("All offices", "Alla kontor")}</a></p>
            <div class="office-head">
            <div>
            <h1>{office.Office.Name}</h1>
            <p class="office-status">
            """);
        OfficeTable.RenderStatusLabel(html, office);
        if (office.StatusEvent is { } since)
        {
            var prefix = since.Precision == DatePrecision.Undated ? new LocalizedString("", "") : since.Kind == EventKind.ObservedOpen ? new("at least since", "åtminstone sedan") : new("since", "sedan");
            html.AppendLine($"<span class=\"soft\">{prefix} {LabelFormatter.FormatDate(since.On, since.Precision)}</span>");
        }

        OfficeTable.RenderAnnouncement(html, office);

        html.AppendLine($"</p>\n</div>");
        if (office.HasCoordinates)
        {
            OfficeMap.RenderLocator(html, office);
        }

        html.AppendLine($"</div>");
        RenderFacts(html, view, office);
        RenderTimeline(html, office);
        RenderChanges(html, view, office);
        RenderSources(html, office);
        RenderData(html, office);
        html.AppendLine($"</article>");
    }

    private static void RenderFacts(HtmlBuilder html, PublicationView view, OfficeView office)
    {
        var facts = office.Office;
        html.AppendLine($"<section class=\"wide\" aria-labelledby=\"facts\">\n<h2 id=\"facts\">{new LocalizedString("Facts", "Uppgifter")}</h2>\n<dl class=\"facts\">");
        RenderFact(new("Kind", "Typ"), facts.Kind is null ? null : LabelFormatter.GetLabel(Codes.Kind, facts.Kind));
        RenderFact(new("Municipality", "Kommun"), office.Municipality is { } municipality
            ? new($"{municipality.Name} ({municipality.Code})", $"{municipality.Name} ({municipality.Code})") : new("Not decided", "Inte bestämd"));
        RenderFact(new("County", "Län"), office.County is { } county ? LabelFormatter.GetName(county) : new("Not decided", "Inte bestämt"));
        RenderFact(new("Locality", "Ort"), Untranslated(facts.Locality));
        RenderFact(new("Reason for the proposal", "Skäl till förslaget"), facts.Basis is null ? null : LabelFormatter.GetLabel(Codes.Basis, facts.Basis));
        RenderFact(new("Vulnerable areas", "Utsatta områden"), Untranslated(facts.VulnerableAreas.Count == 0 ? null : string.Join(", ", facts.VulnerableAreas)));
        RenderFact(new("Address", "Adress"), facts.Address is { } address
            ? Untranslated(string.Join(", ", new[] { address.Street, $"{address.PostalCode} {address.City}".Trim() }.Where(part => !string.IsNullOrEmpty(part)))) : NotPublic);
        RenderFact(new("Position", "Läge"), LabelFormatter.GetLabel(Codes.LocationPrecision, facts.LocationPrecision));
        RenderFact(new("Video meetings", "Videomöten"), facts.VideoMeetings switch
        {
            true => new("Yes", "Ja"),
            false => new("No", "Nej"),
            null => new("Unknown", "Uppgift saknas"),
        });
        RenderFact(new("Phone", "Telefon"), Untranslated(facts.Phone));
        RenderFact(new("E-mail", "E-post"), Untranslated(facts.Email));
        if (facts.WebPage is { } webPage)
        {
            html.AppendLine($"<div><dt>{new LocalizedString("Web page", "Webbsida")}</dt><dd><a href=\"{webPage}\" rel=\"external\">{webPage}</a></dd></div>");
        }

        RenderHours(html, facts);
        if (!string.IsNullOrEmpty(facts.Note))
        {
            html.AppendLine($"<div><dt>{new LocalizedString("Note", "Anmärkning")}</dt><dd lang=\"en\">{facts.Note}</dd></div>");
        }

        html.AppendLine($"</dl>");
        RenderServices(html, view, facts);
        html.AppendLine($"</section>");

        void RenderFact(LocalizedString label, LocalizedString? value)
        {
            if (value is not null)
            {
                html.AppendLine($"<div><dt>{label}</dt><dd>{value}</dd></div>");
            }
        }

        static LocalizedString? Untranslated(string? value) => string.IsNullOrEmpty(value) ? null : new LocalizedString(value, value);
    }

    private static void RenderHours(HtmlBuilder html, Office office)
    {
        html.AppendLine($"<div><dt>{new LocalizedString("Opening hours", "Öppettider")}</dt><dd>");
        if (office.OpeningHours.Count == 0 && office.SpecialHours.Count == 0)
        {
            html.AppendLine($"{NotPublic}");
        }
        else
        {
            html.AppendLine($"<ul class=\"plain\">");
            foreach (var hours in office.OpeningHours)
            {
                html.AppendLine($"<li>{LabelFormatter.GetLabel(Codes.DayOfWeek, hours.DayOfWeek)} {hours.Opens:HH:mm}–{hours.Closes:HH:mm}{(hours.ByAppointment == true ? html.Language.Localize(new(" (by appointment)", " (tidsbokning)")) : "")}</li>");
            }

            foreach (var special in office.SpecialHours)
            {
                var when = special is { Opens: { } opens, Closes: { } closes }
                    ? FormattableString.Invariant($"{opens:HH:mm}–{closes:HH:mm}") : html.Language.Localize(new("closed", "stängt"));
                html.AppendLine($"<li>{LabelFormatter.FormatDate(special.On)}: {when} {special.Reason}</li>");
            }

            html.AppendLine($"</ul>");
        }

        html.AppendLine($"</dd></div>");
    }

    private static void RenderServices(HtmlBuilder html, PublicationView view, Office office)
    {
        html.AppendLine($"<h3>{new LocalizedString("Provides help with services from", "Hjälper till med ärenden hos")}</h3>");
        if (office.Services.Count == 0)
        {
            html.AppendLine($"<p>{new LocalizedString("No information in the sources.", "Uppgift saknas i källorna.")}</p>");
            return;
        }

        html.AppendLine($"<ul class=\"services\">");
        foreach (var service in office.Services)
        {
            var agency = view.Publication.Register.Reference.Agencies.FirstOrDefault(agency => agency.Id == service.Agency);
            var levels = string.Join(", ", service.Levels.Select(level => html.Language.Localize(LabelFormatter.GetLabel(Codes.Level, level)).ToLowerInvariant()));
            html.AppendLine($"<li>{(agency is null ? new LocalizedString(service.Agency, service.Agency) : LabelFormatter.GetName(agency))} <span class=\"soft\">{levels}</span></li>");
        }

        html.AppendLine($"</ul>");
    }

    private static void RenderTimeline(HtmlBuilder html, OfficeView office)
    {
        html.AppendLine($"<section class=\"tall\" aria-labelledby=\"life\">\n<h2 id=\"life\">{new LocalizedString("History", "Historik")}</h2>");
        if (office.Events.Count == 0)
        {
            html.AppendLine($"<p>{new LocalizedString("The sources contain no dated events for this office, so its status is unknown.", "Källorna innehåller inga daterade händelser för kontoret, så dess status är okänd.")}</p>\n</section>");
            return;
        }

        html.AppendLine($"<ol class=\"timeline\">");
        foreach (var lifecycleEvent in office.Events)
        {
            var after = OfficeStatus.GetStatusAfter(lifecycleEvent.Kind) ?? "none";
            html.AppendLine($"<li class=\"step step-{after}\"><span class=\"step-date\">{LabelFormatter.FormatDate(lifecycleEvent.On, lifecycleEvent.Precision)}{(lifecycleEvent.On > office.Today ? html.Language.Localize(new(" (upcoming)", " (kommande)")) : "")}</span> <span class=\"step-kind\">{LabelFormatter.GetLabel(Codes.EventKind, lifecycleEvent.Kind)}</span>");
            if (lifecycleEvent.Note is { } note)
            {
                html.AppendLine($"<span class=\"step-note\" lang=\"en\">{note}</span>");
            }

            if (lifecycleEvent.Source is { } source)
            {
                RenderSource(html, source);
            }

            html.AppendLine($"</li>");
        }

        html.AppendLine($"</ol>\n</section>");
    }

    private static void RenderSource(HtmlBuilder html, string source)
    {
        if (Uri.TryCreate(source, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            html.AppendLine($"<span class=\"step-source\">{new LocalizedString("Source:", "Källa:")} <a href=\"{source}\" rel=\"external\">{url.Host}</a></span>");
        }
        else
        {
            html.AppendLine($"<span class=\"step-source\">{new LocalizedString("Source:", "Källa:")} {source}</span>");
        }
    }

    private static void RenderChanges(HtmlBuilder html, PublicationView view, OfficeView office)
    {
        var changes = view.Publication.Register.Changes.Where(change => change.OfficeId == office.Id).Reverse().ToList();
        html.AppendLine($"""
            <section aria-labelledby="changes">
            <h2 id="changes">{new LocalizedString("Changes in the register", "Ändringar i registret")}</h2>
            <ul class="changes">
            """);
        var formatter = new ChangeFormatter(view.Publication, html.Language);
        foreach (var change in changes)
        {
            var title = formatter.FormatTitle(change);
            html.AppendLine($"<li>{LabelFormatter.FormatDate(LocalDate.InStockholm(change.At))}, {new LocalizedString("revision", "revision")} {change.Publication}: {title}.");
            var sentences = change.Kind == ChangeKind.Added ? [] : formatter.FormatSentences(change).Where(sentence => sentence != title + ".").ToList();
            if (sentences.Count > 0)
            {
                html.AppendLine($"<span class=\"soft\">{string.Join(" ", sentences)}</span>");
            }

            html.AppendLine($"</li>");
        }

        html.AppendLine($"</ul>\n</section>");
    }

    private static void RenderSources(HtmlBuilder html, OfficeView office)
    {
        if (office.Office.Sources.Count == 0)
        {
            return;
        }

        html.AppendLine($"<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">{new LocalizedString("Sources", "Källor")}</h2>\n<ul class=\"sources\">");
        foreach (var source in office.Office.Sources)
        {
            html.AppendLine($"<li><a href=\"{source}\" rel=\"external\">{source}</a></li>");
        }

        html.AppendLine($"</ul>\n</section>");
    }

    private static void RenderData(HtmlBuilder html, OfficeView office)
    {
        var entity = EntityUrl.Format("offices", ("id", office.Id));
        html.AppendLine($"""
            <section aria-labelledby="as-data">
            <h2 id="as-data">{new LocalizedString("Data about this office", "Data om kontoret")}</h2>
            <ul class="chips">
            <li><a class="chip" href="{ODataUrlBuilder.ServiceRoot}{entity}">JSON</a></li>
            <li><a class="chip" href="{ODataUrlBuilder.BuildUrl(entity, ["$expand=events($orderby=on),municipality,county,changes"])}">{new LocalizedString("JSON with history", "JSON med historik")}</a></li>
            </ul>
            </section>
            """);
    }
}
