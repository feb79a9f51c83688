namespace ServiceOffices.Tests.OData;

/// <summary>The members of the sample model's enumeration.</summary>
internal enum OracleState
{
    Planned,
    Open,
    Closed,
}
