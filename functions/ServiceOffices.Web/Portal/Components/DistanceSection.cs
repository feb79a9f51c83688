using ODataEngine.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the distances to open offices: numbers, map, by county and by municipality.</summary>
internal static class DistanceSection
{
    private const int MaxFarthestRows = 10;

    public static void Render(HtmlBuilder html, PublicationView view)
    {
        var all = view.Municipalities;
        var population = all.Sum(item => (long)item.Municipality.Population);
        var served = all.Where(item => item.OfficesOpen > 0).ToList();
        var share = LabelFormatter.FormatPercent(population == 0 ? 0 : served.Sum(item => (double)item.Municipality.Population) / population);
        html.AppendLine($"""
            <section class="band" aria-labelledby="access">
            <h2 id="access">{new LocalizedString("How far is it to an open office?", "Hur långt är det till ett öppet kontor?")}</h2>
            <p>{new LocalizedString($"{served.Count} of {all.Count} municipalities have an office that is known to be open. {share.En} of the population live in those municipalities. Distances are measured in a straight line from the main town of the municipality.", $"{served.Count} av {all.Count} kommuner har ett kontor som är känt som öppet. I de kommunerna bor {share.Sv} av befolkningen. Avstånden är beräknade fågelvägen från kommunens centralort.")}</p>
            <p class="notice">{new LocalizedString("The figures underestimate access. Offices that no source names are missing, so many municipalities may be closer to an office than shown here.", "Siffrorna visar tillgången i underkant. Kontor som ingen källa nämner saknas, så många kommuner kan ha närmare till ett kontor än siffrorna visar.")}</p>
            <div class="access">
            <figure class="map">
            """);
        DistanceMap.Render(html, view, new("Map of the distance from the main town of each municipality. The tables contain the same information.", "Karta över avståndet från varje kommuns centralort. Samma uppgifter finns i tabellerna."));
        html.AppendLine($"</figure>\n<div class=\"access-tables\">");
        RenderBands(html, all, population);
        RenderFarthest(html, view);
        html.AppendLine($"</div>\n</div>");
        RenderCounties(html, view);
        RenderMunicipalities(html, view);
        html.AppendLine($"</section>");
    }

    private static void RenderBands(HtmlBuilder html, IReadOnlyList<PublishedMunicipality> all, long population)
    {
        html.AppendLine($"""
            <section class="table-frame" tabindex="0" aria-label="{new LocalizedString("Population by distance", "Befolkning efter avstånd")}"><table>
            <caption>{new LocalizedString("Population by distance (population of 2019-12-31, SCB)", "Befolkning efter avstånd (folkmängd 2019-12-31, SCB)")}</caption>
            <thead><tr><th scope="col">{new LocalizedString("Distance", "Avstånd")}</th><th scope="col" class="num">{new LocalizedString("Municipalities", "Kommuner")}</th><th scope="col" class="num">{new LocalizedString("People", "Invånare")}</th><th scope="col" class="num">{new LocalizedString("Share", "Andel")}</th></tr></thead>
            <tbody>
            """);
        var byBand = all.ToLookup(item => DistanceBand.For(item).Name, StringComparer.Ordinal);
        foreach (var band in DistanceBand.All)
        {
            var bandPopulation = byBand[band.Name].Sum(item => (long)item.Municipality.Population);
            html.AppendLine($"<tr><th scope=\"row\"><span class=\"access-key access-key-{band.Name}\">{band.Label}</span></th><td class=\"num\">{byBand[band.Name].Count()}</td><td class=\"num\">{LabelFormatter.FormatNumber(bandPopulation)}</td><td class=\"num\">{LabelFormatter.FormatPercent(population == 0 ? 0 : (double)bandPopulation / population)}</td></tr>");
        }

        html.AppendLine($"</tbody></table></section>");
    }

    private static void RenderFarthest(HtmlBuilder html, PublicationView view)
    {
        html.AppendLine($"""
            <div class="table-frame"><table>
            <caption>{new LocalizedString("Municipalities farthest from an office known to be open", "Kommuner med längst avstånd till ett kontor som är känt som öppet")}</caption>
            <thead><tr><th scope="col">{new LocalizedString("Municipality", "Kommun")}</th><th scope="col">{new LocalizedString("Nearest office", "Närmaste kontor")}</th><th scope="col" class="num">{new LocalizedString("Distance", "Avstånd")}</th></tr></thead>
            <tbody>
            """);
        foreach (var item in view.Municipalities.OrderByDescending(item => item.DistanceToNearestOpenOfficeKm ?? double.MaxValue).Take(MaxFarthestRows))
        {
            RenderRow(html, view, item);
        }

        html.AppendLine($"</tbody></table></div>");
    }

    private static void RenderCounties(HtmlBuilder html, PublicationView view)
    {
        html.AppendLine($"""
            <details>
            <summary>{new LocalizedString("By county", "Per län")}</summary>
            <section class="table-frame" tabindex="0" aria-label="{new LocalizedString("By county", "Per län")}"><table>
            <thead><tr><th scope="col">{new LocalizedString("County", "Län")}</th><th scope="col" class="num">{new LocalizedString("Municipalities", "Kommuner")}</th><th scope="col" class="num">{new LocalizedString("With an open office", "Med öppet kontor")}</th><th scope="col" class="num">{new LocalizedString("Share of the population", "Andel av befolkningen")}</th></tr></thead>
            <tbody>
            """);
        foreach (var county in view.Counties)
        {
            var within = view.Municipalities.Where(item => item.Municipality.CountyCode == county.Code).ToList();
            var served = within.Where(item => item.OfficesOpen > 0).ToList();
            var population = within.Sum(item => (double)item.Municipality.Population);
            html.AppendLine($"<tr><th scope=\"row\">{LabelFormatter.GetName(county)}</th><td class=\"num\">{within.Count}</td><td class=\"num\">{served.Count}</td><td class=\"num\">{LabelFormatter.FormatPercent(population == 0 ? 0 : served.Sum(item => item.Municipality.Population) / population)}</td></tr>");
        }

        html.AppendLine($"</tbody></table></section>\n</details>");
    }

    private static void RenderMunicipalities(HtmlBuilder html, PublicationView view)
    {
        var query = ODataUrlBuilder.BuildUrl("municipalities", ["$select=code,name,population,officesOpen,distanceToNearestOpenOfficeKm,nearestOpenOfficeId", "$orderby=distanceToNearestOpenOfficeKm desc"]);
        html.AppendLine($"""
            <details>
            <summary>{new LocalizedString($"All {view.Municipalities.Count} municipalities", $"Alla {view.Municipalities.Count} kommuner")}</summary>
            <div class="table-frame"><table>
            <thead><tr><th scope="col">{new LocalizedString("Municipality", "Kommun")}</th><th scope="col">{new LocalizedString("Nearest office", "Närmaste kontor")}</th><th scope="col" class="num">{new LocalizedString("Distance", "Avstånd")}</th></tr></thead>
            <tbody>
            """);
        foreach (var item in view.Municipalities)
        {
            RenderRow(html, view, item);
        }

        html.AppendLine($"</tbody></table></div>\n</details>\n<p><a href=\"{query}\">{new LocalizedString("The same data as an OData query", "Samma uppgifter som en OData-fråga")}</a></p>");
    }

    private static void RenderRow(HtmlBuilder html, PublicationView view, PublishedMunicipality item)
    {
        html.AppendLine($"<tr><th scope=\"row\">{item.Municipality.Name}</th><td>");
        if (item.NearestOpenOfficeId is { } id && view.FindOffice(id) is { } nearest)
        {
            html.AppendLine($"<a href=\"{new PageUrl(PageKind.Office, html.Language, id)}\">{nearest.Office.Name}</a>");
        }

        html.AppendLine($"</td><td class=\"num\">{(item.DistanceToNearestOpenOfficeKm is { } km ? LabelFormatter.FormatKilometres(km) : new LocalizedString("–", "–"))}</td></tr>");
    }
}
