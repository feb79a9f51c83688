using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>What a page is before the portal's frame is put around it.</summary>
/// <param name="Title">Its heading and, with the portal's name, its title.</param>
/// <param name="Description">One sentence for search engines and previews.</param>
/// <param name="Scripts">Modules that it works better with; it works without them.</param>
/// <param name="RenderBody">Adds what stands in its <c>main</c>, the heading first.</param>
internal sealed record PortalPage(LocalizedString Title, LocalizedString Description, IReadOnlyList<string> Scripts, Action<HtmlBuilder> RenderBody);
