using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the openings and closings as a table, the latest first, with links to the offices and sources.</summary>
internal static class EventTable
{
    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal)
    {
        EventKind.Opened, EventKind.Reopened, EventKind.TemporarilyClosed, EventKind.Closed, EventKind.ClosingAnnounced, EventKind.ReopeningAnnounced,
    };

    private static readonly LocalizedString Caption = new("Openings and closings, the latest first", "Öppningar och stängningar, de senaste först");

    public static void Render(HtmlBuilder html, PublicationView view)
    {
        html.AppendLine($"""
            <section class="table-frame table-scroll event-table" tabindex="0" aria-label="{Caption}">
            <table>
            <caption>{Caption}</caption>
            <thead><tr><th scope="col" class="col-date">{new LocalizedString("Date", "Datum")}</th><th scope="col">{new LocalizedString("Office", "Kontor")}</th><th scope="col">{new LocalizedString("Event", "Händelse")}</th><th scope="col">{new LocalizedString("Source", "Källa")}</th></tr></thead>
            <tbody>
            """);
        foreach (var lifecycleEvent in GetEvents(view))
        {
            var office = view.FindOffice(lifecycleEvent.OfficeId);
            var status = OfficeStatus.GetStatusAfter(lifecycleEvent.Kind);
            html.AppendLine($"<tr><td>{LabelFormatter.FormatShortDate(lifecycleEvent.On, lifecycleEvent.Precision)}</td><th scope=\"row\"><a href=\"{new PageUrl(PageKind.Office, html.Language, lifecycleEvent.OfficeId)}\">{office?.Office.Name ?? lifecycleEvent.OfficeId}</a></th>");
            html.AppendLine($"<td><span class=\"status status-{status ?? "announced"}\">{LabelFormatter.GetLabel(Codes.EventKind, lifecycleEvent.Kind)}</span></td><td class=\"fine\">");
            SourceLink.Render(html, lifecycleEvent.Source);
            html.AppendLine($"</td></tr>");
        }

        html.AppendLine($"</tbody></table></section>");
    }

    /// <summary>Gets the events, the latest first, then those of undated sources.</summary>
    private static IEnumerable<LifecycleEvent> GetEvents(PublicationView view) => view.Publication.Register.Events
        .Where(lifecycleEvent => Kinds.Contains(lifecycleEvent.Kind))
        .OrderBy(lifecycleEvent => lifecycleEvent.Precision == DatePrecision.Undated)
        .ThenByDescending(lifecycleEvent => lifecycleEvent, OfficeStatus.ChronologicalOrder);
}

/// <summary>Renders the source of an event.</summary>
internal static class SourceLink
{
    /// <summary>Renders a link with the name of the host, or the text if it is no URL; a dash for null.</summary>
    public static void Render(HtmlBuilder html, string? source)
    {
        if (Uri.TryCreate(source, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            html.AppendLine($"<a href=\"{source}\" rel=\"external\">{url.Host}</a>");
        }
        else
        {
            html.AppendLine($"{source ?? "–"}");
        }
    }
}
