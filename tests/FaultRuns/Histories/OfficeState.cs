using System.Collections.Immutable;
using System.Globalization;
using ServiceOffices.Register.Model;

namespace ServiceOffices.FaultRuns.Histories;

/// <summary>The values of an office that a history changes.</summary>
/// <param name="Events">The notes of the events, by number.</param>
internal sealed record OfficeState(string Name, string? Note, ImmutableSortedDictionary<int, string> Events)
{
    public static OfficeState? FromEntry(RegisterEntry? entry) => entry is null
        ? null
        : new OfficeState(entry.Office.Name, entry.Office.Note, entry.Events.ToImmutableSortedDictionary(item => item.Number, item => item.Note ?? ""));

    /// <summary>Formats the state of an office, or of one that does not exist, so that states can be compared.</summary>
    public static string Format(OfficeState? state) => state is null
        ? "absent"
        : string.Create(CultureInfo.InvariantCulture, $"{state.Name}, {state.Note ?? "-"}, [{string.Join("; ", state.Events.Select(pair => $"{pair.Key}: {pair.Value}"))}]");

    /// <summary>Counts events with a note that another event of the office has; each note is written once.</summary>
    public int CountDoubledEvents() => Events.Count - Events.Values.Distinct(StringComparer.Ordinal).Count();
}
