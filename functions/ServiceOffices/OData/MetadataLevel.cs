namespace ServiceOffices.OData;

/// <summary>How much control information a JSON payload carries (OData JSON Format 4.01, 3.1).</summary>
public enum MetadataLevel
{
    None,
    Minimal,
    Full,
}
