using System.Text.Json;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Feeds;

/// <summary>
/// The changes of all publications, whole or of one county or agency. Where an office was at a change follows from the
/// changes up to it and never from what the register says today: what a filter lets through once it lets through for ever,
/// so that an archive's pages stay as they are. What is known is kept from publication to publication: only new changes are
/// looked at. Safe for concurrent use.
/// </summary>
public sealed class ChangeHistory
{
    private readonly Lock updateLock = new();
    private readonly List<(Change Change, OfficeLocation Before, OfficeLocation After)> trackedChanges = [];
    private readonly Dictionary<string, OfficeLocation> locations = new(StringComparer.Ordinal);
    private readonly Dictionary<FeedFilter, FilterMatches> matchesByFilter = [];

    /// <summary>
    /// A publication's changes of offices that fit the filter before or after the change, ordered by sequence: a reader of a
    /// county sees an office come and sees it leave.
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

            // The publication of a request that began before the latest one has fewer.
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
            // The store was put back to an earlier state and went on from there.
            trackedChanges.Clear();
            locations.Clear();
            matchesByFilter.Clear();
        }

        for (var i = trackedChanges.Count; i < changes.Count; i++)
        {
            var change = changes[i];
            var before = locations.GetValueOrDefault(change.OfficeId, OfficeLocation.None);
            var after = change.Kind == ChangeKind.Removed ? OfficeLocation.None : before.Apply(change.Properties);
            locations[change.OfficeId] = after;
            trackedChanges.Add((change, before, after));
        }
    }

    /// <summary>What one filter let through of the changes looked at so far.</summary>
    private sealed class FilterMatches
    {
        public List<Change> Changes { get; } = [];

        public int Position { get; set; }
    }

    /// <summary>What filters look at of one office at one time.</summary>
    private sealed record OfficeLocation(string? County, string[] Agencies)
    {
        public static readonly OfficeLocation None = new(null, []);

        // Nowhere fits no filter: any that comes here asks for a county, an agency or both.
        public bool Matches(FeedFilter filter) => filter.Matches(County, Agencies);

        // Most changes move no office: those keep the very same place.
        public OfficeLocation Apply(IEnumerable<PropertyChange> properties)
        {
            var location = this;
            foreach (var property in properties)
            {
                location = property.Property switch
                {
                    "countyCode" => location with { County = property.NewValue },
                    "services" => location with { Agencies = ParseAgencies(property.NewValue) },
                    _ => location,
                };
            }

            return location;
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
