using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>What this is in two sentences, the network today, and the way to an office.</summary>
internal static class StartPage
{
    private const int LatestShown = 5;

    private static readonly Text Heading = new("Sweden's state service offices, open to everyone", "Statens servicekontor, öppet för alla");

    private static readonly Text Lead = new(
        "At a service office people get help with several state agencies' errands in one place. Here you see which offices are open, what has opened and closed, and can take all of it with you as data.",
        "På ett servicekontor får man hjälp med flera statliga myndigheters ärenden på ett ställe. Här ser du vilka kontor som är öppna, vad som har öppnat och stängt, och kan ta med dig allt som data.");

    public static Page Of(Network network, OfficeFilter filter) =>
        new(Heading, Lead, ["finder.js"], html => Write(html, network, filter));

    private static void Write(Html html, Network network, OfficeFilter filter)
    {
        html.Add($"""
            <div class="hero">
            <div class="hero-inner">
            <h1>{Heading}</h1>
            <p class="lead">{Lead}</p>
            """);
        AddTiles(html, network);
        AddHonesty(html, network);
        html.Add($"</div>\n</div>");
        AddFinder(html, network, filter);
        AddLatest(html, network);
        AddWays(html);
    }

    private static void AddTiles(Html html, Network network)
    {
        var offices = new PageAddress(PageKind.Offices, html.Language);
        html.Add($"<h2 class=\"unseen\">{new Text("The network today", "Nätet i dag")}</h2>\n<ul class=\"tiles\">");
        foreach (var (status, label) in new (string, Text)[]
        {
            ("open", new("known to be open", "kända som öppna")),
            ("planned", new("planned", "planerade")),
            ("proposed", new("proposed only", "bara föreslagna")),
            ("temporarilyClosed", new("temporarily closed", "tillfälligt stängda")),
            ("closed", new("closed", "stängda")),
        })
        {
            if (network.Count(status) is > 0 and var count)
            {
                html.Add($"<li><a class=\"tile tile-{status}\" href=\"{offices}{new OfficeFilter { Status = status }.Query()}\"><span class=\"tile-number\">{count}</span> <span class=\"tile-label\">{label}</span></a></li>");
            }
        }

        html.Add($"</ul>");
        AddAnnounced(html, network.Offices.Where(office => office.IsClosing), new("Closing announced:", "Stängning aviserad:"));
        AddAnnounced(html, network.Offices.Where(office => office.IsReopening), new("Reopening announced:", "Återöppning aviserad:"));
    }

    private static void AddAnnounced(Html html, IEnumerable<OfficeFacts> offices, Text label)
    {
        var all = offices.ToList();
        if (all.Count == 0)
        {
            return;
        }

        html.Add($"<p class=\"announced\"><strong>{label}</strong>");
        foreach (var office in all)
        {
            html.Add($"<a href=\"{new PageAddress(PageKind.Office, html.Language, office.Id)}\">{office.Office.Name}</a>{(office == all[^1] ? "." : ",")}");
        }

        html.Add($"</p>");
    }

    private static void AddHonesty(Html html, Network network)
    {
        if (network.OfficialTotal is not { } total)
        {
            return;
        }

        var date = Labels.Date(total.On, total.Precision);
        html.Add($"<p class=\"honesty\">{new Text($"Public sources name {network.Offices.Count} offices one by one, and those are the ones shown here. The official total was {total.Offices} ({date.En}).", $"Offentliga källor nämner {network.Offices.Count} kontor vart för sig, och det är de som visas här. Det officiella antalet var {total.Offices} ({date.Sv}).")} <a href=\"{new PageAddress(PageKind.About, html.Language)}#quality\">{new Text("What the data does not know", "Vad datan inte vet")}</a></p>");
    }

    private static void AddFinder(Html html, Network network, OfficeFilter filter)
    {
        var found = network.Offices.Count(filter.Matches);
        html.Add($"""
            <section class="band find" aria-labelledby="find-title">
            <div class="find-head">
            <h2 id="find-title">{new Text("Find an office", "Hitta ett kontor")}</h2>
            """);
        OfficeForm.Add(html, filter, network, new PageAddress(PageKind.Offices, html.Language), isOpen: false);
        html.Add($"</div>\n<div class=\"find-map\">");
        OfficeMap.Add(html, network, filter);
        html.Add($"</div>\n<div class=\"find-list\">");
        OfficesPage.AddCount(html, found, network.Offices.Count);
        OfficeTable.AddShort(html, filter, network);
        html.Add($"</div>\n</section>");
    }

    private static void AddLatest(Html html, Network network)
    {
        html.Add($"""
            <section class="band" aria-labelledby="latest-title">
            <h2 id="latest-title">{new Text("Latest in the network", "Senast i nätet")}</h2>
            <ol class="latest">
            """);
        foreach (var happened in network.Latest.Take(LatestShown))
        {
            var office = network.Find(happened.OfficeId)!;
            html.Add($"<li><span class=\"latest-date\">{Labels.Date(happened.On, happened.Precision)}</span> <span class=\"latest-what\"><a href=\"{new PageAddress(PageKind.Office, html.Language, office.Id)}\">{office.Office.Name}</a> <span class=\"latest-kind\">{Labels.Of(Codes.EventKind, happened.Kind)}</span></span></li>");
        }

        html.Add($"""
            </ol>
            <p><a class="more" href="{new PageAddress(PageKind.Development, html.Language)}">{new Text("How the network has developed", "Så har nätet utvecklats")}</a></p>
            </section>
            """);
    }

    private static void AddWays(Html html)
    {
        html.Add($"""
            <section class="band" aria-labelledby="ways-title">
            <h2 id="ways-title">{new Text("Take the data with you", "Ta med dig datan")}</h2>
            <ul class="ways">
            <li><h3><a href="{new PageAddress(PageKind.Data, html.Language)}">{new Text("Files", "Filer")}</a></h3><p>{new Text("Every dataset for Excel, maps and statistics, with checksums and every earlier revision.", "Varje datamängd för Excel, kartor och statistik, med kontrollsummor och alla tidigare revisioner.")}</p></li>
            <li><h3><a href="{new PageAddress(PageKind.Developers, html.Language)}">{new Text("Queries", "Frågor")}</a></h3><p>{new Text("OData 4.01: filter, join and count, also as the network was on an earlier day.", "OData 4.01: filtrera, koppla ihop och räkna, även som nätet såg ut en tidigare dag.")}</p></li>
            <li><h3><a href="{new PageAddress(PageKind.Developers, html.Language)}#feeds">{new Text("Feeds and calendar", "Flöden och kalender")}</a></h3><p>{new Text("Every opening, change and closing once, for feed readers and calendars.", "Varje öppning, ändring och stängning en gång, för flödesläsare och kalendrar.")}</p></li>
            </ul>
            </section>
            """);
    }
}
