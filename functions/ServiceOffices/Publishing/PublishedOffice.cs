using ServiceOffices.Register;

namespace ServiceOffices.Publishing;

/// <summary>An office with what follows from its events and its municipality on the day of publication.</summary>
/// <param name="Status">One of <see cref="Codes.Status"/>; null before the first event that counts.</param>
/// <param name="ModifiedAt">When the publication was made that last changed any value of it, in UTC.</param>
public sealed record PublishedOffice(Office Office, string? Status, DateTimeOffset ModifiedAt)
{
    public string? CountyCode => Office.MunicipalityCode?[..2];

    /// <summary>Ids of the agencies whose errands the office helps with.</summary>
    public IEnumerable<string> Agencies => Office.Services.Select(service => service.Agency);
}
