using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the search form. Without scripts it is submitted to the server; with scripts it filters the rows in the page.</summary>
internal static class OfficeFilterForm
{
    /// <param name="action">The page that the form is submitted to without scripts.</param>
    /// <param name="isOpen">Whether the additional filters are initially visible.</param>
    public static void Render(HtmlBuilder html, OfficeFilter filter, PublicationView view, PageUrl action, bool isOpen)
    {
        html.AppendLine($"""
            <form class="finder" id="finder" method="get" action="{action}" role="search" aria-label="{new LocalizedString("Find offices", "Hitta kontor")}" data-locating="{new LocalizedString("Getting your position from the browser …", "Hämtar din position från webbläsaren …")}" data-located="{new LocalizedString("Distances are measured from your position. Your position never leaves your browser.", "Avstånden räknas från din position. Positionen lämnar inte din webbläsare.")}" data-abroad="{new LocalizedString("Your position is outside Sweden. The distances are measured from there.", "Din position är utanför Sverige. Avstånden räknas därifrån.")}" data-denied="{new LocalizedString("The browser could not get your position. Write a municipality under “Distance from” instead.", "Webbläsaren kunde inte hämta din position. Skriv i stället en kommun under ”Avstånd från”.")}">
            <div class="field field-wide">
            <label for="f-q">{new LocalizedString("Place or name", "Ort eller namn")}</label>
            <input id="f-q" name="{OfficeFilter.SearchParameter}" type="search" value="{filter.Search}" autocomplete="off" maxlength="{SearchWords.MaxLength}" placeholder="{new LocalizedString("For example Kiruna or Skåne", "Till exempel Kiruna eller Skåne")}" data-ignored="{string.Join(' ', SearchWords.Ignored)}">
            </div>
            """);
        RenderNear(html, filter, view);
        html.AppendLine($"""
            <details class="more-filters"{isOpen || !(filter with { Search = "", Near = null }).IsEmpty:open}>
            <summary>{new LocalizedString("Status, county, agency", "Status, län, myndighet")}</summary>
            <div class="fields">
            """);
        RenderSelect(html, "f-status", OfficeFilter.StatusParameter, new("Status", "Status"), new("All", "Alla"), filter.Status,
            Codes.Status.Codes.Where(code => view.CountByStatus(code.Value) > 0 || filter.Status == code.Value)
                .Select(code => (code.Value, new LocalizedString(code.En, code.Sv), ODataUrlBuilder.FormatStatusCondition(code.Value))));
        RenderSelect(html, "f-county", OfficeFilter.CountyParameter, new("County", "Län"), new("All of Sweden", "Hela landet"), filter.County,
            view.Counties.Select(county => (county.Code, LabelFormatter.GetName(county), ODataUrlBuilder.FormatCountyCondition(county.Code))));
        RenderSelect(html, "f-agency", OfficeFilter.AgencyParameter, new("Agency", "Myndighet"), new("Any", "Alla"), filter.Agency,
            view.Publication.Register.Reference.Agencies
                .Where(agency => filter.Agency == agency.Id || view.Offices.Any(office => office.Published.Agencies.Contains(agency.Id)))
                .Select(agency => (agency.Id, LabelFormatter.GetName(agency), ODataUrlBuilder.FormatAgencyCondition(agency.Id))));
        html.AppendLine($"""
            <div class="field field-check">
            <input id="f-video" name="{OfficeFilter.VideoParameter}" type="checkbox" value="true"{filter.VideoOnly:checked} data-template="{ODataUrlBuilder.VideoCondition}">
            <label for="f-video">{new LocalizedString("Only offices with video meetings", "Endast kontor med videomöten")}</label>
            </div>
            </div>
            </details>
            <div class="field-actions">
            <button class="button" type="submit">{new LocalizedString("Show", "Visa")}</button>
            <button class="button button-quiet" type="button" id="locate" hidden="">{new LocalizedString("Nearest to me", "Närmast mig")}</button>
            <a class="quiet" id="reset" href="{action}"{filter.IsEmpty:hidden}>{new LocalizedString("Clear", "Rensa")}</a>
            </div>
            <p class="hint" id="locate-note" role="status"></p>
            </form>
            """);
    }

    private static void RenderSelect(
        HtmlBuilder html, string id, string name, LocalizedString label, LocalizedString anyLabel, string? selected, IEnumerable<(string Value, LocalizedString Label, string Condition)> options)
    {
        html.AppendLine($"""
            <div class="field">
            <label for="{id}">{label}</label>
            <select id="{id}" name="{name}">
            <option value="">{anyLabel}</option>
            """);
        foreach (var (value, text, condition) in options)
        {
            html.AppendLine($"<option value=\"{value}\"{value == selected:selected} data-template=\"{condition}\">{text}</option>");
        }

        html.AppendLine($"</select>\n</div>");
    }

    // A text field with suggestions, because a list of 290 municipalities is hard to use on a phone. The script finds the position in the suggestions.
    private static void RenderNear(HtmlBuilder html, OfficeFilter filter, PublicationView view)
    {
        html.AppendLine($"""
            <div class="field">
            <label for="f-near">{new LocalizedString("Distance from", "Avstånd från")}</label>
            <input id="f-near" name="{OfficeFilter.NearParameter}" type="text" value="{filter.Near?.Name}" list="places" autocomplete="off" maxlength="{SearchWords.MaxLength}" placeholder="{new LocalizedString("Municipality or town", "Kommun eller ort")}" data-unknown="{new LocalizedString("The place is not in the list. Write the name of a municipality.", "Platsen finns inte i listan. Skriv namnet på en kommun.")}">
            <datalist id="places">
            """);
        foreach (var place in view.Places)
        {
            html.AppendLine($"<option value=\"{place.Name}\" data-code=\"{place.Code}\" data-at=\"{OfficeFilter.FormatCoordinate(place.Point.Latitude)},{OfficeFilter.FormatCoordinate(place.Point.Longitude)}\"></option>");
        }

        html.AppendLine($"</datalist>\n</div>");
    }
}
