namespace ServiceOffices.Register;

/// <summary>An agency whose errands the offices help with, or that runs them.</summary>
/// <param name="Id">A slug, one of <see cref="Codes.Agency"/>.</param>
/// <param name="ShortName">The abbreviation in use, such as "FK".</param>
/// <param name="OrganisationNumber">Ten digits with a hyphen.</param>
/// <param name="WikidataId">Q and digits.</param>
public sealed record Agency(
    string Id, string NameSv, string NameEn, string ShortName, string OrganisationNumber, string WebPage, string Phone, string WikidataId);
