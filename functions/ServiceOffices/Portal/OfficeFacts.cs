using ServiceOffices.Publishing;
using ServiceOffices.Register;

namespace ServiceOffices.Portal;

/// <summary>An office with everything that its pages say of it.</summary>
/// <param name="Municipality">Null where the place is not decided.</param>
/// <param name="Events">In the order in which they count.</param>
/// <param name="Today">The publication's day: later events are still to come.</param>
internal sealed record OfficeView(
    PublishedOffice Published, Municipality? Municipality, County? County, IReadOnlyList<LifecycleEvent> Events, DateOnly Today)
{
    public Office Office => Published.Office;

    public string Id => Office.Id;

    public string? Status => Published.Status;

    /// <summary>The event that gave the office its status; null where the status is not known.</summary>
    public LifecycleEvent? StatusEvent { get; } =
        Events.LastOrDefault(lifecycleEvent => lifecycleEvent.On <= Today && OfficeStatus.GetStatusAfter(lifecycleEvent.Kind) is not null);

    /// <summary>Whether it is open and its closing is announced or dated.</summary>
    public bool IsClosingAnnounced => Status == "open" && Events.SkipWhile(lifecycleEvent => lifecycleEvent != StatusEvent).Any(lifecycleEvent =>
        lifecycleEvent.Kind == "closingAnnounced" || (lifecycleEvent.On > Today && lifecycleEvent.Kind is "closed" or "temporarilyClosed"));

    /// <summary>Whether it is closed and its reopening is announced or dated.</summary>
    public bool IsReopeningAnnounced => Status is "closed" or "temporarilyClosed" && Events.SkipWhile(lifecycleEvent => lifecycleEvent != StatusEvent).Any(lifecycleEvent =>
        lifecycleEvent.Kind == "reopeningAnnounced" || (lifecycleEvent.On > Today && lifecycleEvent.Kind is "reopened" or "opened"));

    /// <summary>What a search looks in, in lower case: the office's name and those of its places.</summary>
    public string SearchText { get; } = string.Join('\n',
        new[] { Published.Office.Name, Published.Office.Locality, Municipality?.Name, County?.NameSv, County?.NameEn }
            .OfType<string>().Select(text => text.ToLowerInvariant()));

    public bool HasCoordinates => Office is { Latitude: not null, Longitude: not null };
}
