using System.Collections.Immutable;
using System.Globalization;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Offices;
using ServiceOffices.Storage;

namespace ServiceOffices.FaultRuns.Histories;

/// <summary>A valid edit of an office as stored, with its effect.</summary>
/// <param name="Kind">The method and the resource, such as POST event.</param>
/// <param name="Apply">Computes the state after the edit.</param>
/// <param name="EventNumber">The number that an added event gets; null for other edits.</param>
internal sealed record HistoryEdit(
    string Kind, string OfficeId, Func<OfficeState?, OfficeState?> Apply, Func<CancellationToken, Task<EditResult>> RunAsync, int? EventNumber = null)
{
    private static readonly DateOnly FirstDate = new(2020, 1, 1);

#pragma warning disable CA5394 // A seeded sequence is required.
    /// <summary>Chooses an edit that is valid for the state of the office.</summary>
    public static HistoryEdit Create(Random random, string id, int step, OfficeState? state, int lastEvent, RegisterEditor editor, StoredEntry? stored)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Name {step}");
        Signature signature = new("editor", TimeProvider.System.GetUtcNow());
        if (state is null || stored is null)
        {
            return new HistoryEdit(
                "PUT new office", id, _ => new OfficeState(name, null, ImmutableSortedDictionary<int, string>.Empty),
                token => editor.PutOfficeAsync(id, Row(("name", name), ("locationPrecision", "none")), VersionCondition.NotExisting, signature, token));
        }

        VersionCondition condition = new(false, [VersionTag.Create(stored)]);
        var kind = random.Next(10);
        if (kind is 0 or 1 && state.Events.Count > 0)
        {
            return ChangeEvent(state.Events.Keys.ElementAt(random.Next(state.Events.Count)), deletes: kind == 0);
        }

        return kind switch
        {
            2 => new HistoryEdit(
                "PUT office", id, before => before! with { Name = name, Note = null },
                token => editor.PutOfficeAsync(id, Row(("name", name), ("locationPrecision", "none")), condition, signature, token)),
            3 => new HistoryEdit("DELETE office", id, _ => null, token => editor.RemoveOfficeAsync(id, condition, signature, token)),
            4 or 5 => new HistoryEdit(
                "PATCH office", id, before => before! with { Name = name }, token => editor.PatchOfficeAsync(id, Row(("name", name)), condition, signature, token)),
            _ => new HistoryEdit(
                "POST event", id, before => before! with { Events = before.Events.Add(lastEvent + 1, name) },
                token => editor.AddEventAsync(id, EventRow(), VersionCondition.Any, signature, allowDuplicate: true, token), lastEvent + 1),
        };

        HistoryEdit ChangeEvent(int number, bool deletes) => deletes
            ? new HistoryEdit(
                "DELETE event", id, before => before! with { Events = before.Events.Remove(number) },
                token => editor.RemoveEventAsync(id, number, condition, signature, token))
            : new HistoryEdit(
                "PUT event", id, before => before! with { Events = before.Events.SetItem(number, name) },
                token => editor.PutEventAsync(id, number, EventRow(), condition, signature, token));

        EditRow EventRow() => Row(
            ("kind", "hoursChanged"), ("on", FirstDate.AddDays(step).ToString("O", CultureInfo.InvariantCulture)), ("precision", "day"), ("note", name));
    }
#pragma warning restore CA5394

    private static EditRow Row(params (string Column, object? Value)[] values) => new(0, values.ToDictionary(pair => pair.Column, pair => pair.Value), []);
}
