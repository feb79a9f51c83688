using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the lines below the name of an office: an announced closing or reopening, the status, and the nearest open office if it is closed.</summary>
internal static class OfficeStatusLines
{
    public static void Render(HtmlBuilder html, PublicationView view, OfficeView office)
    {
        RenderAnnouncement(html, office);
        html.AppendLine($"<p class=\"office-status\">");
        OfficeTable.RenderStatusLabel(html, office);
        if (office.StatusEvent is { } since)
        {
            html.AppendLine($"<span class=\"soft\">{FormatSince(since)}</span>");
        }

        html.AppendLine($"<span class=\"open-now\" id=\"open-now\" hidden=\"\" data-status=\"{office.Status}\" data-open=\"{new LocalizedString("Open now", "Öppet nu")}\" data-closed=\"{new LocalizedString("Closed now", "Stängt just nu")}\"></span>\n</p>");
        if (office.Status != OfficeStatus.Open)
        {
            RenderNearest(html, view, office);
        }
    }

    private static void RenderAnnouncement(HtmlBuilder html, OfficeView office)
    {
        if (office.Announcement is { } announced)
        {
            html.AppendLine($"<p class=\"notice announcement\"><strong>{FormatAnnouncement(announced, office.Today)}</strong></p>");
        }
    }

    private static LocalizedString FormatAnnouncement(LifecycleEvent announced, DateOnly today)
    {
        var date = LabelFormatter.FormatDate(announced.On, announced.Precision);
        var isDay = announced.Precision == DatePrecision.Day;
        var last = LabelFormatter.FormatDate(announced.On.AddDays(-1));
        return (announced.Kind, announced.On > today) switch
        {
            (EventKind.Closed, true) when isDay => new($"The office closes. Its last day is {last.En}.", $"Kontoret stänger. Sista dagen är {last.Sv}."),
            (EventKind.Closed, true) => new($"The office closes ({date.En}).", $"Kontoret stänger ({date.Sv})."),
            (EventKind.TemporarilyClosed, true) when isDay => new($"The office closes temporarily. Its last day before that is {last.En}.", $"Kontoret stänger tillfälligt. Sista dagen dessförinnan är {last.Sv}."),
            (EventKind.TemporarilyClosed, true) => new($"The office closes temporarily ({date.En}).", $"Kontoret stänger tillfälligt ({date.Sv})."),
            (EventKind.ClosingAnnounced, _) => new($"The office will close, according to a source ({date.En}). The day is not known.", $"Kontoret ska stänga, enligt en källa ({date.Sv}). Dagen är inte känd."),
            (EventKind.ReopeningAnnounced, _) => new($"The office will reopen, according to a source ({date.En}). The day is not known.", $"Kontoret ska öppna igen, enligt en källa ({date.Sv}). Dagen är inte känd."),
            _ => new($"The office reopens ({date.En}).", $"Kontoret öppnar igen ({date.Sv})."),
        };
    }

    private static LocalizedString FormatSince(LifecycleEvent since) => LabelFormatter.FormatDate(since.On, since.Precision) is var date && since.Precision == DatePrecision.Undated
        ? date
        : since.Kind == EventKind.ObservedOpen ? new($"at least since {date.En}", $"åtminstone sedan {date.Sv}") : new($"since {date.En}", $"sedan {date.Sv}");

    private static void RenderNearest(HtmlBuilder html, PublicationView view, OfficeView office)
    {
        if (view.FindNearestOpen(office) is var (nearest, kilometres))
        {
            var distance = LabelFormatter.FormatKilometres(kilometres);
            html.AppendLine($"<p class=\"nearest\">{new LocalizedString("Nearest office known to be open:", "Närmaste kontor som är känt som öppet:")} <a href=\"{new PageUrl(PageKind.Office, html.Language, nearest.Id)}\">{nearest.Office.Name}</a>, {new LocalizedString($"at most {distance.En} in a straight line. There may be a nearer office, because the register does not contain all offices.", $"högst {distance.Sv} fågelvägen. Det kan finnas ett närmare kontor, eftersom registret inte innehåller alla kontor.")}</p>");
        }
    }
}
