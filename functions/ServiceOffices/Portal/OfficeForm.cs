using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>The search for offices. Without a script it asks the server; with one, it narrows what is already there.</summary>
internal static class OfficeForm
{
    /// <param name="action">The page that answers where no script does.</param>
    /// <param name="isOpen">Whether the rarer choices are shown from the start.</param>
    public static void Add(Html html, OfficeFilter filter, Network network, PageAddress action, bool isOpen)
    {
        html.Add($"""
            <form class="finder" id="finder" method="get" action="{action}" role="search" aria-label="{new Text("Find offices", "Hitta kontor")}" data-locating="{new Text("Asking your browser where you are …", "Frågar din webbläsare var du är …")}" data-located="{new Text("Distances from your position. It stays in your browser.", "Avstånd från din position. Den stannar i din webbläsare.")}" data-denied="{new Text("Your browser gave no position. Choose a municipality under “Distance from” instead.", "Din webbläsare gav ingen position. Välj en kommun under ”Avstånd från” i stället.")}">
            <div class="field field-wide">
            <label for="f-q">{new Text("Place or name", "Ort eller namn")}</label>
            <input id="f-q" name="{OfficeFilter.SearchName}" type="search" value="{filter.Search}" autocomplete="off" maxlength="100" placeholder="{new Text("Such as Kiruna or Skåne", "Till exempel Kiruna eller Skåne")}" data-template="{ODataQuery.SearchTemplate}">
            </div>
            <details class="more-filters"{isOpen || !(filter with { Search = "" }).IsNone:open}>
            <summary>{new Text("Status, county, agency, distance", "Status, län, myndighet, avstånd")}</summary>
            <div class="fields">
            """);
        AddSelect(html, "f-status", OfficeFilter.StatusName, new("Status", "Status"), new("All", "Alla"), filter.Status,
            Codes.Status.Codes.Where(code => network.Count(code.Value) > 0 || filter.Status == code.Value)
                .Select(code => (code.Value, new Text(code.En, code.Sv), ODataQuery.StatusCondition(code.Value))));
        AddSelect(html, "f-county", OfficeFilter.CountyName, new("County", "Län"), new("All of Sweden", "Hela landet"), filter.County,
            network.Counties.Select(county => (county.Code, Labels.Name(county), ODataQuery.CountyCondition(county.Code))));
        AddSelect(html, "f-agency", OfficeFilter.AgencyName, new("Agency", "Myndighet"), new("Any", "Alla"), filter.Agency,
            network.Publication.Register.Reference.Agencies
                .Where(agency => filter.Agency == agency.Id || network.Offices.Any(office => office.Published.Agencies.Contains(agency.Id)))
                .Select(agency => (agency.Id, Labels.Name(agency), ODataQuery.AgencyCondition(agency.Id))));
        AddNear(html, filter, network);
        html.Add($"""
            <div class="field field-check">
            <input id="f-video" name="{OfficeFilter.VideoName}" type="checkbox" value="true"{filter.Video:checked} data-template="{ODataQuery.VideoCondition}">
            <label for="f-video">{new Text("Only with video meetings", "Bara med videomöten")}</label>
            </div>
            </div>
            </details>
            <div class="field-actions">
            <button class="button" type="submit">{new Text("Show", "Visa")}</button>
            <button class="button button-quiet" type="button" id="locate" hidden="">{new Text("Nearest to me", "Närmast mig")}</button>
            <a class="quiet" id="reset" href="{action}"{filter.IsNone:hidden}>{new Text("Clear", "Rensa")}</a>
            </div>
            <p class="hint" id="locate-note" role="status"></p>
            </form>
            """);
    }

    private static void AddSelect(
        Html html, string id, string name, Text label, Text all, string? chosen, IEnumerable<(string Value, Text Label, string Condition)> options)
    {
        html.Add($"""
            <div class="field">
            <label for="{id}">{label}</label>
            <select id="{id}" name="{name}">
            <option value="">{all}</option>
            """);
        foreach (var (value, text, condition) in options)
        {
            html.Add($"<option value=\"{value}\"{value == chosen:selected} data-template=\"{condition}\">{text}</option>");
        }

        html.Add($"</select>\n</div>");
    }

    // Each municipality's seat and its nearest open office: the script measures from the one and names the other.
    private static void AddNear(Html html, OfficeFilter filter, Network network)
    {
        html.Add($"""
            <div class="field">
            <label for="f-near">{new Text("Distance from", "Avstånd från")}</label>
            <select id="f-near" name="{OfficeFilter.NearName}">
            <option value="">{new Text("No municipality", "Ingen kommun")}</option>
            """);
        foreach (var item in network.Municipalities)
        {
            var seat = item.Municipality;
            var place = $"{OfficeFilter.Coordinate(seat.SeatLatitude)},{OfficeFilter.Coordinate(seat.SeatLongitude)}";
            html.Add($"<option value=\"{seat.Code}\"{seat.Code == filter.Near?.Municipality.Code:selected} data-at=\"{place}\">{seat.Name}</option>");
        }

        html.Add($"</select>\n</div>");
    }
}
