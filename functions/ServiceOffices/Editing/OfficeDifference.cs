using ServiceOffices.Publishing;

namespace ServiceOffices.Editing;

/// <summary>What an import changes of one office.</summary>
/// <param name="Kind"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Properties">Each value that becomes another, the status of today among them; of an office that is new those that it has.</param>
/// <param name="Events">Each event that comes, goes or becomes another: its number, before and after.</param>
public sealed record OfficeDifference(
    string OfficeId, string Kind, IReadOnlyList<PropertyChange> Properties, IReadOnlyList<EventDifference> Events);
