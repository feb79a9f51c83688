using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>Who has an open office near: in numbers, on a map, by county and for every municipality.</summary>
internal static class AccessSection
{
    private const int FarthestShown = 10;

    public static void Add(Html html, Network network)
    {
        var all = network.Municipalities;
        var people = all.Sum(item => (long)item.Municipality.Population);
        var served = all.Where(item => item.OfficesOpen > 0).ToList();
        var share = Labels.Percent(people == 0 ? 0 : served.Sum(item => (double)item.Municipality.Population) / people);
        html.Add($"""
            <section class="band" aria-labelledby="access">
            <h2 id="access">{new Text("How far is it to an open office?", "Hur långt är det till ett öppet kontor?")}</h2>
            <p>{new Text($"{served.Count} of {all.Count} municipalities have an office that is known to be open; {share.En} of the population live there. Distances go from the municipality's seat in a straight line.", $"{served.Count} av {all.Count} kommuner har ett kontor som är känt som öppet; där bor {share.Sv} av befolkningen. Avstånden går fågelvägen från kommunens centralort.")}</p>
            <p class="notice">{new Text("Read this as a lower bound. Offices that no source names are missing, so many municipalities are nearer to an office than these figures say.", "Läs det som en undre gräns. Kontor som ingen källa nämner saknas, så många kommuner har närmare till ett kontor än siffrorna säger.")}</p>
            <div class="access">
            <figure class="map">
            """);
        AccessMap.Add(html, network, new("Map of the distance from each municipality's seat; the tables say the same", "Karta över avståndet från varje centralort; tabellerna säger detsamma"));
        html.Add($"</figure>\n<div class=\"access-tables\">");
        AddClasses(html, all, people);
        AddFarthest(html, network);
        html.Add($"</div>\n</div>");
        AddCounties(html, network);
        AddAll(html, network);
        html.Add($"</section>");
    }

    private static void AddClasses(Html html, IReadOnlyList<PublishedMunicipality> all, long people)
    {
        html.Add($"""
            <section class="table-frame" tabindex="0" aria-label="{new Text("Population by distance", "Befolkning efter avstånd")}"><table>
            <caption>{new Text("Population by distance (population of 2019-12-31, SCB)", "Befolkning efter avstånd (folkmängd 2019-12-31, SCB)")}</caption>
            <thead><tr><th scope="col">{new Text("Distance", "Avstånd")}</th><th scope="col" class="num">{new Text("Municipalities", "Kommuner")}</th><th scope="col" class="num">{new Text("People", "Invånare")}</th><th scope="col" class="num">{new Text("Share", "Andel")}</th></tr></thead>
            <tbody>
            """);
        var byClass = all.ToLookup(item => AccessClass.Of(item).Name, StringComparer.Ordinal);
        foreach (var access in AccessClass.All)
        {
            var inhabitants = byClass[access.Name].Sum(item => (long)item.Municipality.Population);
            html.Add($"<tr><th scope=\"row\"><span class=\"access-key access-key-{access.Name}\">{access.Label}</span></th><td class=\"num\">{byClass[access.Name].Count()}</td><td class=\"num\">{Labels.Number(inhabitants)}</td><td class=\"num\">{Labels.Percent(people == 0 ? 0 : (double)inhabitants / people)}</td></tr>");
        }

        html.Add($"</tbody></table></section>");
    }

    private static void AddFarthest(Html html, Network network)
    {
        html.Add($"""
            <div class="table-frame"><table>
            <caption>{new Text("Farthest from an office known to be open", "Längst till ett kontor som är känt som öppet")}</caption>
            <thead><tr><th scope="col">{new Text("Municipality", "Kommun")}</th><th scope="col">{new Text("Nearest", "Närmast")}</th><th scope="col" class="num">{new Text("Distance", "Avstånd")}</th></tr></thead>
            <tbody>
            """);
        foreach (var item in network.Municipalities.OrderByDescending(item => item.DistanceToNearestOpenOfficeKm ?? double.MaxValue).Take(FarthestShown))
        {
            AddRow(html, network, item);
        }

        html.Add($"</tbody></table></div>");
    }

    private static void AddCounties(Html html, Network network)
    {
        html.Add($"""
            <details>
            <summary>{new Text("By county", "Län för län")}</summary>
            <section class="table-frame" tabindex="0" aria-label="{new Text("By county", "Län för län")}"><table>
            <thead><tr><th scope="col">{new Text("County", "Län")}</th><th scope="col" class="num">{new Text("Municipalities", "Kommuner")}</th><th scope="col" class="num">{new Text("With an open office", "Med öppet kontor")}</th><th scope="col" class="num">{new Text("Share of the population", "Andel av befolkningen")}</th></tr></thead>
            <tbody>
            """);
        foreach (var county in network.Counties)
        {
            var within = network.Municipalities.Where(item => item.Municipality.CountyCode == county.Code).ToList();
            var served = within.Where(item => item.OfficesOpen > 0).ToList();
            var people = within.Sum(item => (double)item.Municipality.Population);
            html.Add($"<tr><th scope=\"row\">{Labels.Name(county)}</th><td class=\"num\">{within.Count}</td><td class=\"num\">{served.Count}</td><td class=\"num\">{Labels.Percent(people == 0 ? 0 : served.Sum(item => item.Municipality.Population) / people)}</td></tr>");
        }

        html.Add($"</tbody></table></section>\n</details>");
    }

    private static void AddAll(Html html, Network network)
    {
        var query = ODataQuery.Url("municipalities", ["$select=code,name,population,officesOpen,distanceToNearestOpenOfficeKm,nearestOpenOfficeId", "$orderby=distanceToNearestOpenOfficeKm desc"]);
        html.Add($"""
            <details>
            <summary>{new Text($"All {network.Municipalities.Count} municipalities", $"Alla {network.Municipalities.Count} kommuner")}</summary>
            <div class="table-frame"><table>
            <thead><tr><th scope="col">{new Text("Municipality", "Kommun")}</th><th scope="col">{new Text("Nearest", "Närmast")}</th><th scope="col" class="num">{new Text("Distance", "Avstånd")}</th></tr></thead>
            <tbody>
            """);
        foreach (var item in network.Municipalities)
        {
            AddRow(html, network, item);
        }

        html.Add($"</tbody></table></div>\n</details>\n<p><a href=\"{query}\">{new Text("The same as a query", "Samma sak som en fråga")}</a></p>");
    }

    private static void AddRow(Html html, Network network, PublishedMunicipality item)
    {
        html.Add($"<tr><th scope=\"row\">{item.Municipality.Name}</th><td>");
        if (item.NearestOpenOfficeId is { } id && network.Find(id) is { } nearest)
        {
            html.Add($"<a href=\"{new PageAddress(PageKind.Office, html.Language, id)}\">{nearest.Office.Name}</a>");
        }

        html.Add($"</td><td class=\"num\">{(item.DistanceToNearestOpenOfficeKm is { } km ? Labels.Kilometres(km) : new Text("–", "–"))}</td></tr>");
    }
}
