using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>A row that does not hold a valid office or event, with everything that is wrong with it.</summary>
/// <param name="OfficeId">The office that it belongs to.</param>
/// <param name="EventNumber">The event's number; null where the row is the office itself; 0 where its key is that of neither.</param>
public sealed record RejectedRow(string OfficeId, int? EventNumber, IReadOnlyList<ValidationProblem> Problems);
