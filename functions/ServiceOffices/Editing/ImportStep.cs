using ServiceOffices.Register;

namespace ServiceOffices.Editing;

/// <summary>What an import does to one office: one transaction.</summary>
/// <param name="BaseETag">The version that the plan was made for; null where there must be none.</param>
/// <param name="Entry">What it becomes; null where it goes.</param>
public sealed record ImportStep(string OfficeId, string? BaseETag, RegisterEntry? Entry);
