using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the open offices of one of two compared dates. Both maps have the same markers at the same positions.</summary>
internal static class ComparisonMap
{
    /// <param name="isAfter">True for the second date, whose map also shows where offices have gone.</param>
    public static void Render(HtmlBuilder html, PublicationView view, DateComparison comparison, bool isAfter)
    {
        var map = MapView.Country;
        var statuses = comparison.Offices.ToDictionary(office => office.Office.Id, StringComparer.Ordinal);
        var date = LabelFormatter.FormatDate(isAfter ? comparison.To : comparison.From);
        var open = comparison.Offices.Count(office => IsOpen(isAfter ? office.After : office.Before));
        var label = new LocalizedString($"{date.En}: {open} open offices", $"{date.Sv}: {open} öppna kontor");
        html.AppendLine($"""
            <figure class="map">
            <figcaption><strong>{label}</strong></figcaption>
            <svg class="map-picture" viewBox="0 0 {MapView.Width} {map.Height}" role="img" aria-label="{new LocalizedString($"Map of {label.En}. The differences are in the table below.", $"Karta, {label.Sv}. Skillnaderna finns i tabellen nedan.")}">
            """);
        if (isAfter)
        {
            html.AppendLine($"<use href=\"#compare-land\"/>");
        }
        else
        {
            MarkerSymbols.Render(html);
            html.AppendLine($"<g id=\"compare-land\">");
            map.RenderLand(html);
            html.AppendLine($"</g>");
        }

        foreach (var cluster in view.Clusters)
        {
            var before = cluster.Offices.Count(office => IsOpen(statuses[office.Id].Before));
            var after = cluster.Offices.Count(office => IsOpen(statuses[office.Id].After));
            RenderCluster(html, cluster, isAfter ? after : before, isAfter ? after - before : 0);
        }

        html.AppendLine($"</svg>\n</figure>");
    }

    private static void RenderCluster(HtmlBuilder html, MarkerCluster cluster, int open, int difference)
    {
        if (open == 0 && difference == 0)
        {
            return;
        }

        html.AppendLine($"<use href=\"#m-{(open > 0 ? OfficeStatus.Open : OfficeStatus.Closed)}\" x=\"{cluster.X}\" y=\"{cluster.Y}\"/>");
        if (difference != 0)
        {
            html.AppendLine($"<text class=\"many {(difference > 0 ? "more" : "fewer")}\" x=\"{cluster.X + MarkerCluster.NumberX}\" y=\"{cluster.Y + MarkerCluster.NumberY}\">{(difference > 0 ? "+" : "−")}{Math.Abs(difference)}</text>");
        }
        else if (open > 1)
        {
            html.AppendLine($"<text class=\"many\" x=\"{cluster.X + MarkerCluster.NumberX}\" y=\"{cluster.Y + MarkerCluster.NumberY}\">{open}</text>");
        }
    }

    private static bool IsOpen(string? status) => status == OfficeStatus.Open;
}
