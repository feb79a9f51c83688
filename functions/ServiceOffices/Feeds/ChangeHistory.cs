using System.Text.Json;
using ServiceOffices.Publishing;

namespace ServiceOffices.Feeds;

/// <summary>
/// The changes of all publications, whole or of one county or agency. Where an office was at a change follows from the
/// changes up to it and never from what the register says today: what a filter lets through once it lets through for ever,
/// so that an archive's pages stay as they are. What is known is kept from publication to publication: only new changes are
/// looked at. Safe for concurrent use.
/// </summary>
public sealed class ChangeHistory
{
    private readonly Lock following = new();
    private readonly List<(Change Change, Place Before, Place After)> seen = [];
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly Dictionary<FeedFilter, Matches> matches = [];

    /// <summary>
    /// A publication's changes of offices that fit the filter before or after the change, ordered by sequence: a reader of a
    /// county sees an office come and sees it leave.
    /// </summary>
    public IReadOnlyList<Change> Of(Publication publication, FeedFilter filter)
    {
        var changes = publication.Register.Changes;
        if (filter.IsNone || changes.Count == 0)
        {
            return changes;
        }

        lock (following)
        {
            Follow(changes);
            if (!matches.TryGetValue(filter, out var fitting))
            {
                matches.Add(filter, fitting = new Matches());
            }

            for (; fitting.Looked < seen.Count; fitting.Looked++)
            {
                var (change, before, after) = seen[fitting.Looked];
                if (before.Fits(filter) || after.Fits(filter))
                {
                    fitting.Changes.Add(change);
                }
            }

            // The publication of a request that began before the latest one has fewer.
            var count = fitting.Changes.Count;
            while (count > 0 && fitting.Changes[count - 1].Sequence > changes[^1].Sequence)
            {
                count--;
            }

            return fitting.Changes.GetRange(0, count);
        }
    }

    private void Follow(IReadOnlyList<Change> changes)
    {
        var both = Math.Min(changes.Count, seen.Count);
        if (both > 0 && (changes[both - 1] is var one && seen[both - 1].Change is var other)
            && (one.OfficeId, one.Publication, one.At) != (other.OfficeId, other.Publication, other.At))
        {
            // The store was put back to an earlier state and went on from there.
            seen.Clear();
            places.Clear();
            matches.Clear();
        }

        for (var i = seen.Count; i < changes.Count; i++)
        {
            var change = changes[i];
            var before = places.GetValueOrDefault(change.OfficeId, Place.Nowhere);
            var after = change.Kind == ChangeText.Removed ? Place.Nowhere : before.After(change.Properties);
            places[change.OfficeId] = after;
            seen.Add((change, before, after));
        }
    }

    /// <summary>What one filter let through of the changes looked at so far.</summary>
    private sealed class Matches
    {
        public List<Change> Changes { get; } = [];

        public int Looked { get; set; }
    }

    /// <summary>What filters look at of one office at one time.</summary>
    private sealed record Place(string? County, string[] Agencies)
    {
        public static readonly Place Nowhere = new(null, []);

        // Nowhere fits no filter: any that comes here asks for a county, an agency or both.
        public bool Fits(FeedFilter filter) => filter.Fits(County, Agencies);

        // Most changes move no office: those keep the very same place.
        public Place After(IEnumerable<PropertyChange> properties)
        {
            var place = this;
            foreach (var property in properties)
            {
                place = property.Property switch
                {
                    "countyCode" => place with { County = property.NewValue },
                    "services" => place with { Agencies = AgenciesOf(property.NewValue) },
                    _ => place,
                };
            }

            return place;
        }

        private static string[] AgenciesOf(string? services)
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
