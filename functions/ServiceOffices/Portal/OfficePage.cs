using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>One office: every fact that is known, its life with sources, what publications changed, and its data.</summary>
internal static class OfficePage
{
    private static readonly Text NotPublic = new("Not public as data", "Inte offentligt som data");

    public static Page Of(Network network, OfficeFacts office) => new(
        new(office.Office.Name, office.Office.Name),
        new($"{office.Office.Name}: status, services, history and sources.", $"{office.Office.Name}: status, service, historik och källor."),
        [],
        html => Write(html, network, office));

    private static void Write(Html html, Network network, OfficeFacts office)
    {
        html.Add($"""
            <article class="band office">
            <p class="crumbs"><a href="{new PageAddress(PageKind.Offices, html.Language)}">{new Text("All offices", "Alla kontor")}</a></p>
            <div class="office-head">
            <div>
            <h1>{office.Office.Name}</h1>
            <p class="office-status">
            """);
        OfficeTable.AddStatus(html, office);
        if (office.StatusEvent is { } since)
        {
            html.Add($"<span class=\"soft\">{new Text("since", "sedan")} {Labels.Date(since.On, since.Precision)}</span>");
        }

        html.Add($"</p>\n</div>");
        if (office.HasPlace)
        {
            OfficeMap.AddLocator(html, office);
        }

        html.Add($"</div>");
        AddFacts(html, network, office);
        AddTimeline(html, office);
        AddChanges(html, network, office);
        AddSources(html, office);
        AddData(html, office);
        html.Add($"</article>");
    }

    private static void AddFacts(Html html, Network network, OfficeFacts office)
    {
        var facts = office.Office;
        html.Add($"<section class=\"wide\" aria-labelledby=\"facts\">\n<h2 id=\"facts\">{new Text("Facts", "Uppgifter")}</h2>\n<dl class=\"facts\">");
        Add(new("Kind", "Typ"), facts.Kind is null ? null : Labels.Of(Codes.Kind, facts.Kind));
        Add(new("Municipality", "Kommun"), office.Municipality is { } municipality
            ? new($"{municipality.Name} ({municipality.Code})", $"{municipality.Name} ({municipality.Code})") : new("Not decided", "Inte bestämd"));
        Add(new("County", "Län"), office.County is { } county ? Labels.Name(county) : new("Not decided", "Inte bestämt"));
        Add(new("Locality", "Ort"), Same(facts.Locality));
        Add(new("Why it was proposed", "Varför det föreslogs"), facts.Basis is null ? null : Labels.Of(Codes.Basis, facts.Basis));
        Add(new("Vulnerable areas named", "Utsatta områden som nämns"), Same(facts.VulnerableAreas.Count == 0 ? null : string.Join(", ", facts.VulnerableAreas)));
        Add(new("Address", "Adress"), facts.Address is { } address
            ? Same(string.Join(", ", new[] { address.Street, $"{address.PostalCode} {address.City}".Trim() }.Where(part => !string.IsNullOrEmpty(part)))) : NotPublic);
        Add(new("Position", "Läge"), Labels.Of(Codes.LocationPrecision, facts.LocationPrecision));
        Add(new("Video meetings", "Videomöten"), facts.VideoMeetings switch
        {
            true => new("Yes", "Ja"),
            false => new("No", "Nej"),
            null => new("Not known", "Inte känt"),
        });
        Add(new("Phone", "Telefon"), Same(facts.Phone));
        Add(new("E-mail", "E-post"), Same(facts.Email));
        if (facts.WebPage is { } webPage)
        {
            html.Add($"<div><dt>{new Text("Web page", "Webbsida")}</dt><dd><a href=\"{webPage}\" rel=\"external\">{webPage}</a></dd></div>");
        }

        AddHours(html, facts);
        Add(new("Note", "Anmärkning"), Same(facts.Note));
        html.Add($"</dl>");
        AddServices(html, network, facts);
        html.Add($"</section>");

        void Add(Text label, Text? value)
        {
            if (value is not null)
            {
                html.Add($"<div><dt>{label}</dt><dd>{value}</dd></div>");
            }
        }

        static Text? Same(string? value) => string.IsNullOrEmpty(value) ? null : new Text(value, value);
    }

    private static void AddHours(Html html, Office office)
    {
        html.Add($"<div><dt>{new Text("Opening hours", "Öppettider")}</dt><dd>");
        if (office.OpeningHours.Count == 0 && office.SpecialHours.Count == 0)
        {
            html.Add($"{NotPublic}");
        }
        else
        {
            html.Add($"<ul class=\"plain\">");
            foreach (var hours in office.OpeningHours)
            {
                html.Add($"<li>{Labels.Of(Codes.DayOfWeek, hours.DayOfWeek)} {hours.Opens:HH:mm}–{hours.Closes:HH:mm}{(hours.ByAppointment == true ? html.Language.Of(new(" (booked)", " (tidsbokning)")) : "")}</li>");
            }

            foreach (var special in office.SpecialHours)
            {
                var when = special is { Opens: { } opens, Closes: { } closes }
                    ? FormattableString.Invariant($"{opens:HH:mm}–{closes:HH:mm}") : html.Language.Of(new("closed", "stängt"));
                html.Add($"<li>{Labels.Date(special.On)}: {when} {special.Reason}</li>");
            }

            html.Add($"</ul>");
        }

        html.Add($"</dd></div>");
    }

    private static void AddServices(Html html, Network network, Office office)
    {
        html.Add($"<h3>{new Text("Helps with errands of", "Hjälper till med ärenden hos")}</h3>");
        if (office.Services.Count == 0)
        {
            html.Add($"<p>{new Text("No source says.", "Ingen källa anger det.")}</p>");
            return;
        }

        html.Add($"<ul class=\"services\">");
        foreach (var service in office.Services)
        {
            var agency = network.Publication.Register.Reference.Agencies.FirstOrDefault(agency => agency.Id == service.Agency);
            var levels = string.Join(", ", service.Levels.Select(level => html.Language.Of(Labels.Of(Codes.Level, level)).ToLowerInvariant()));
            html.Add($"<li>{(agency is null ? new Text(service.Agency, service.Agency) : Labels.Name(agency))} <span class=\"soft\">{levels}</span></li>");
        }

        html.Add($"</ul>");
    }

    private static void AddTimeline(Html html, OfficeFacts office)
    {
        html.Add($"<section class=\"tall\" aria-labelledby=\"life\">\n<h2 id=\"life\">{new Text("Its life so far", "Livet hittills")}</h2>");
        if (office.Events.Count == 0)
        {
            html.Add($"<p>{new Text("No source dates anything about this office, so its status is not known.", "Ingen källa daterar något om kontoret, så dess status är inte känd.")}</p>\n</section>");
            return;
        }

        html.Add($"<ol class=\"timeline\">");
        foreach (var happened in office.Events)
        {
            var after = OfficeStatus.After(happened.Kind) ?? "none";
            html.Add($"<li class=\"step step-{after}\"><span class=\"step-date\">{Labels.Date(happened.On, happened.Precision)}{(happened.On > office.Today ? html.Language.Of(new(" (to come)", " (kommande)")) : "")}</span> <span class=\"step-kind\">{Labels.Of(Codes.EventKind, happened.Kind)}</span>");
            if (happened.Note is { } note)
            {
                html.Add($"<span class=\"step-note\" lang=\"en\">{note}</span>");
            }

            if (happened.Source is { } source)
            {
                AddSource(html, source);
            }

            html.Add($"</li>");
        }

        html.Add($"</ol>\n</section>");
    }

    private static void AddSource(Html html, string source)
    {
        if (Uri.TryCreate(source, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            html.Add($"<span class=\"step-source\">{new Text("Source:", "Källa:")} <a href=\"{source}\" rel=\"external\">{url.Host}</a></span>");
        }
        else
        {
            html.Add($"<span class=\"step-source\">{new Text("Source:", "Källa:")} {source}</span>");
        }
    }

    private static void AddChanges(Html html, Network network, OfficeFacts office)
    {
        var changes = network.Publication.Register.Changes.Where(change => change.OfficeId == office.Id).Reverse().ToList();
        html.Add($"""
            <section aria-labelledby="changes">
            <h2 id="changes">{new Text("Changes in the register", "Ändringar i registret")}</h2>
            <ul class="changes">
            """);
        foreach (var change in changes)
        {
            var columns = string.Join(", ", change.Properties.Select(property =>
                OfficeColumns.Rows.Type.Find(property.Property)?.Title is { } title ? html.Language.Of(title).ToLowerInvariant() : property.Property));
            html.Add($"<li>{Labels.Date(LocalDate.InStockholm(change.At))}, {new Text("revision", "revision")} {change.Publication}: {Labels.Of(Codes.ChangeKind, change.Kind)}");
            if (change.Kind != "added" && columns != "")
            {
                html.Add($"<span class=\"soft\">({columns})</span>");
            }

            html.Add($"</li>");
        }

        html.Add($"</ul>\n</section>");
    }

    private static void AddSources(Html html, OfficeFacts office)
    {
        if (office.Office.Sources.Count == 0)
        {
            return;
        }

        html.Add($"<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">{new Text("Sources", "Källor")}</h2>\n<ul class=\"sources\">");
        foreach (var source in office.Office.Sources)
        {
            html.Add($"<li><a href=\"{source}\" rel=\"external\">{source}</a></li>");
        }

        html.Add($"</ul>\n</section>");
    }

    private static void AddData(Html html, OfficeFacts office)
    {
        var entity = $"offices('{office.Id}')";
        html.Add($"""
            <section aria-labelledby="as-data">
            <h2 id="as-data">{new Text("As data", "Som data")}</h2>
            <ul class="chips">
            <li><a class="chip" href="{ODataQuery.Root}{entity}">JSON</a></li>
            <li><a class="chip" href="{ODataQuery.Url(entity, ["$expand=events($orderby=on),municipality,county,changes"])}">{new Text("JSON with history", "JSON med historik")}</a></li>
            </ul>
            </section>
            """);
    }
}
