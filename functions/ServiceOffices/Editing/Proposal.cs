using ServiceOffices.Register;

namespace ServiceOffices.Editing;

/// <summary>What an edit makes of the version that it found.</summary>
/// <param name="Entry">Null where there is nothing to write.</param>
/// <param name="Problems">What keeps it from being written.</param>
/// <param name="EventNumber">The event that it is about; null where it is about the office.</param>
internal sealed record EditProposal(RegisterEntry? Entry, IReadOnlyList<ValidationProblem> Problems, int? EventNumber = null)
{
    /// <summary>There is nothing of that name to change.</summary>
    public static readonly EditProposal NotFound = new(null, []);
}
