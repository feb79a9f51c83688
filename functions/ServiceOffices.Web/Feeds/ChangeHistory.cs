using System.Text.Json;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Feeds;

/// <summary>
/// Filters the changes of all publications by county or agency. An office's county and agencies at a change follow from the changes
/// up to it, not from the current register, so that the result for earlier changes, and thus the pages of the archive, never change.
/// The state is kept between publications; only new changes are processed. Safe for concurrent use.
/// </summary>
public sealed class ChangeHistory
{
    private readonly Lock updateLock = new();
    private readonly List<(Change Change, OfficeState Before, OfficeState After)> trackedChanges = [];
    private readonly Dictionary<string, OfficeState> officeStates = new(StringComparer.Ordinal);
    private readonly Dictionary<FeedFilter, FilterMatches> matchesByFilter = [];

    /// <summary>
    /// Gets a publication's changes of offices that match the filter before or after the change, ordered by sequence: the feed of a
    /// county includes offices that move to another county.
    /// </summary>
    public IReadOnlyList<Change> GetChanges(Publication publication, FeedFilter filter)
    {
        var changes = publication.Register.Changes;
        if (filter.IsEmpty || changes.Count == 0)
        {
            return changes;
        }

        lock (updateLock)
        {
            Update(changes);
            if (!matchesByFilter.TryGetValue(filter, out var filterMatches))
            {
                matchesByFilter.Add(filter, filterMatches = new FilterMatches());
            }

            for (; filterMatches.Position < trackedChanges.Count; filterMatches.Position++)
            {
                var (change, before, after) = trackedChanges[filterMatches.Position];
                if (before.Matches(filter) || after.Matches(filter))
                {
                    filterMatches.Changes.Add(change);
                }
            }

            // An older request may still use a publication with fewer changes.
            var count = filterMatches.Changes.Count;
            while (count > 0 && filterMatches.Changes[count - 1].Sequence > changes[^1].Sequence)
            {
                count--;
            }

            return filterMatches.Changes.GetRange(0, count);
        }
    }

    private void Update(IReadOnlyList<Change> changes)
    {
        var commonCount = Math.Min(changes.Count, trackedChanges.Count);
        if (commonCount > 0 && (changes[commonCount - 1] is var current && trackedChanges[commonCount - 1].Change is var tracked)
            && (current.OfficeId, current.Publication, current.At) != (tracked.OfficeId, tracked.Publication, tracked.At))
        {
            // The store was restored to an earlier state and has diverged since.
            trackedChanges.Clear();
            officeStates.Clear();
            matchesByFilter.Clear();
        }

        for (var i = trackedChanges.Count; i < changes.Count; i++)
        {
            var change = changes[i];
            var before = officeStates.GetValueOrDefault(change.OfficeId, OfficeState.None);
            var after = change.Kind == ChangeKind.Removed ? OfficeState.None : before.Apply(change.Properties);
            officeStates[change.OfficeId] = after;
            trackedChanges.Add((change, before, after));
        }
    }

    /// <summary>The matches of one filter among the changes processed so far.</summary>
    private sealed class FilterMatches
    {
        public List<Change> Changes { get; } = [];

        public int Position { get; set; }
    }

    /// <summary>The filtered properties of an office at a point in time.</summary>
    private sealed record OfficeState(string? County, string[] Agencies)
    {
        public static readonly OfficeState None = new(null, []);

        // None matches no filter, because filters here have a county, an agency or both.
        public bool Matches(FeedFilter filter) => filter.Matches(County, Agencies);

        // Most changes do not affect the filtered properties and return the same instance.
        public OfficeState Apply(IEnumerable<PropertyChange> properties)
        {
            var state = this;
            foreach (var property in properties)
            {
                state = property.Property switch
                {
                    "countyCode" => state with { County = property.NewValue },
                    "services" => state with { Agencies = ParseAgencies(property.NewValue) },
                    _ => state,
                };
            }

            return state;
        }

        private static string[] ParseAgencies(string? services)
        {
            if (services is null)
            {
                return [];
            }

            using var json = JsonDocument.Parse(services);
            return [.. json.RootElement.EnumerateArray().Select(service => service.GetProperty("agency").GetString()!)];
        }
    }
}
