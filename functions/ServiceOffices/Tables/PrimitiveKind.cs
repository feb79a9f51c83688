namespace ServiceOffices.Tables;

/// <summary>OData's primitive types (CSDL 4.01, 3.3) that a column can have, each named as in the Edm namespace.</summary>
public enum PrimitiveKind
{
    Boolean,
    Byte,
    SByte,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    String,
    Guid,
    Date,
    TimeOfDay,
    DateTimeOffset,
    Duration,
    Binary,
    GeographyPoint,
    GeographyLineString,
    GeographyPolygon,
}
