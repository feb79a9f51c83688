namespace ServiceOffices.Catalog;

/// <summary>
/// Where the two profiles cannot both be obeyed: DCAT-AP 3 wants the format as an IRI of the EU's file types, DCAT-AP-SE 3
/// as the media type in a literal, and both want it once.
/// </summary>
public enum DcatProfile
{
    /// <summary>DCAT-AP 3.0.1, and of DCAT-AP-SE 3.0.1 everything else.</summary>
    DcatAp,

    /// <summary>DCAT-AP-SE 3.0.1 to the letter.</summary>
    DcatApSe,
}
