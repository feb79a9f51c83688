using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The page of an office: what visitors need, then facts, lifecycle events with sources, published changes, and data.</summary>
internal static class OfficePage
{
    public static PortalPage Create(PublicationView view, OfficeView office, PortalOptions options) => new(
        new(office.Office.Name, office.Office.Name),
        new($"{office.Office.Name}: status, services, history and sources.", $"{office.Office.Name}: status, service, historik och källor."),
        office.Office.OpeningHours.Count == 0 ? [] : ["hours.js"],
        html => RenderBody(html, view, office, options));

    private static void RenderBody(HtmlBuilder html, PublicationView view, OfficeView office, PortalOptions options)
    {
        html.AppendLine($"""
            <article class="band office">
            <p class="crumbs"><a href="{new PageUrl(PageKind.Offices, html.Language)}">{new LocalizedString("All offices", "Alla kontor")}</a></p>
            <div class="office-head">
            <div>
            <h1>{office.Office.Name}</h1>
            """);
        OfficeStatusLines.Render(html, view, office);
        html.AppendLine($"</div>");
        if (office.HasCoordinates)
        {
            OfficeMap.RenderLocator(html, office);
        }

        html.AppendLine($"</div>");
        OfficeVisit.Render(html, view, office);
        OfficeVisit.RenderAgencies(html, view, office.Office);
        RenderFacts(html, office);
        RenderTimeline(html, office);
        OfficeChanges.Render(html, view.Publication, office.Id, showAdded: false);
        RenderSources(html, office);
        RenderData(html, office);
        ErrorReport.Render(html, office, options);
        html.AppendLine($"</article>");
    }

    private static void RenderFacts(HtmlBuilder html, OfficeView office)
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
        RenderFact(new("Position", "Läge"), LabelFormatter.GetLabel(Codes.LocationPrecision, facts.LocationPrecision));
        RenderFact(new("Video meetings", "Videomöten"), facts.VideoMeetings switch
        {
            true => new("Yes", "Ja"),
            false => new("No", "Nej"),
            null => new("Unknown", "Uppgift saknas"),
        });
        if (!string.IsNullOrEmpty(facts.Note))
        {
            html.AppendLine($"<div class=\"fact-long\"><dt>{new LocalizedString("Note", "Anmärkning")}</dt><dd lang=\"en\">{facts.Note}</dd></div>");
        }

        html.AppendLine($"</dl>\n</section>");

        void RenderFact(LocalizedString label, LocalizedString? value)
        {
            if (value is not null)
            {
                html.AppendLine($"<div><dt>{label}</dt><dd>{value}</dd></div>");
            }
        }

        static LocalizedString? Untranslated(string? value) => string.IsNullOrEmpty(value) ? null : new LocalizedString(value, value);
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
