namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the symbols of the statuses. Each has its own shape, so that colours are not needed to tell them apart: disc, ring, diamond, cross.</summary>
internal static class MarkerSymbols
{
    /// <summary>Renders the definitions, which elements of the page use as <c>#m-{status}</c>.</summary>
    public static void Render(HtmlBuilder html) => html.AppendLine($"""
        <defs>
        <g id="m-open"><circle class="edge" r="12"/><circle class="fill-open" r="9.5"/></g>
        <g id="m-temporarilyClosed"><circle class="edge" r="12"/><path class="stroke-temporarilyClosed" d="M0-8A8 8 0 1 0 0 8z"/><circle class="ring-temporarilyClosed" r="8"/></g>
        <g id="m-planned"><circle class="edge" r="11.5"/><circle class="ring-planned" r="7.5"/></g>
        <g id="m-proposed"><path class="edge" d="M0-12 12 0 0 12-12 0z"/><path class="ring-proposed" d="M0-8 8 0 0 8-8 0z"/></g>
        <g id="m-closed"><path class="cross-edge" d="M-7-7 7 7M7-7-7 7"/><path class="cross-closed" d="M-7-7 7 7M7-7-7 7"/></g>
        <g id="m-withdrawn"><path class="cross-edge" d="M-7 0H7"/><path class="cross-closed" d="M-7 0H7"/></g>
        <g id="m-unknown"><circle class="edge" r="8"/><circle class="ring-unknown" r="5"/></g>
        </defs>
        """);
}
