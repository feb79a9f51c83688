namespace ServiceOffices.OData;

/// <summary>How much of the standard a service keeps (OData 4.01 Part 1, 13.1).</summary>
public enum ConformanceLevel
{
    Minimal,
    Intermediate,
    Advanced,
}
