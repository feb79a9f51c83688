using System.Text.Json;
using ServiceOffices.Publishing;

namespace ServiceOffices.Feeds;

/// <summary>
/// A publication's changes, whole or of one county or agency. Where an office was at a change follows from the changes up
/// to it and never from what the register says today: what a filter lets through once it lets through for ever, so that
/// an archive's pages stay as they are.
/// </summary>
public sealed class ChangeHistory
{
    private readonly IReadOnlyList<Change> changes;
    private readonly Lazy<(Place Before, Place After)[]> places;

    public ChangeHistory(Publication publication)
    {
        changes = publication.Register.Changes;
        places = new(() => Replay(changes));
    }

    /// <summary>
    /// The changes of offices that fit the filter before or after the change, ordered by sequence: a reader of a county
    /// sees an office come and sees it leave.
    /// </summary>
    public IReadOnlyList<Change> Of(FeedFilter filter) =>
        filter.IsNone ? changes : [.. changes.Where((_, i) => places.Value[i] is var (before, after) && (before.Fits(filter) || after.Fits(filter)))];

    private static (Place Before, Place After)[] Replay(IReadOnlyList<Change> changes)
    {
        var known = new Dictionary<string, Place>(StringComparer.Ordinal);
        var found = new (Place, Place)[changes.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var change = changes[i];
            var before = known.GetValueOrDefault(change.OfficeId, Place.Nowhere);
            var isRemoved = change.Kind == ChangeText.Removed;
            var after = isRemoved ? Place.Nowhere : before.After(change.Properties);
            known[change.OfficeId] = after;
            found[i] = (before, after);
        }

        return found;
    }

    /// <summary>What filters look at of one office at one time.</summary>
    private sealed record Place(string? County, string[] Agencies)
    {
        public static readonly Place Nowhere = new(null, []);

        // Nowhere fits no filter: any that comes here asks for a county, an agency or both.
        public bool Fits(FeedFilter filter) => filter.Fits(County, Agencies);

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
