namespace ODataEngine.Model;

/// <summary>The type of a property or of the value of an expression: primitive, enumeration, structured, or a collection of one of these.</summary>
public abstract class DataType
{
    /// <summary>Gets the qualified OData name, such as <c>Edm.String</c>, <c>Library.Address</c> or <c>Collection(Edm.String)</c>.</summary>
    public abstract string FullName { get; }

    /// <summary>Gets the name used in messages to clients: without the namespace, except for types in <c>Edm</c>.</summary>
    public virtual string DisplayName => FullName;

    public override string ToString() => FullName;
}

/// <summary>An ordered collection of primitive, enumeration or structured values.</summary>
public sealed class CollectionType(DataType element) : DataType
{
    public DataType Element { get; } = element;

    public override string FullName => $"Collection({Element.FullName})";

    public override string DisplayName => $"Collection({Element.DisplayName})";
}

/// <summary>An enumeration, whose values are stored as their underlying numbers (CSDL 4.01, 10).</summary>
public sealed class EnumType(string fullName, IReadOnlyList<(string Name, int Value)> members) : DataType
{
    public override string FullName { get; } = fullName;

    public override string DisplayName => FullName[(FullName.LastIndexOf('.') + 1)..];

    public IReadOnlyList<(string Name, int Value)> Members { get; } = members;
}

/// <summary>A primitive type, with one shared instance per kind.</summary>
public sealed class PrimitiveType : DataType
{
    private static readonly PrimitiveType[] All =
        [.. Enum.GetValues<PrimitiveKind>().Select(kind => new PrimitiveType(kind))];

    private PrimitiveType(PrimitiveKind kind)
    {
        Kind = kind;
        FullName = "Edm." + kind;
    }

    public PrimitiveKind Kind { get; }

    public override string FullName { get; }

    public bool IsNumeric => Kind is >= PrimitiveKind.Byte and <= PrimitiveKind.Decimal;

    public bool IsGeography => Kind is >= PrimitiveKind.GeographyPoint and <= PrimitiveKind.GeographyPolygon;

    public static PrimitiveType Boolean => Get(PrimitiveKind.Boolean);

    public static PrimitiveType Int32 => Get(PrimitiveKind.Int32);

    public static PrimitiveType Int64 => Get(PrimitiveKind.Int64);

    public static PrimitiveType Double => Get(PrimitiveKind.Double);

    public static PrimitiveType Decimal => Get(PrimitiveKind.Decimal);

    public static PrimitiveType String => Get(PrimitiveKind.String);

    public static PrimitiveType Date => Get(PrimitiveKind.Date);

    public static PrimitiveType TimeOfDay => Get(PrimitiveKind.TimeOfDay);

    public static PrimitiveType DateTimeOffset => Get(PrimitiveKind.DateTimeOffset);

    public static PrimitiveType Duration => Get(PrimitiveKind.Duration);

    public static PrimitiveType Get(PrimitiveKind kind) => All[(int)kind];

    /// <summary>Gets the primitive type whose values have a CLR type.</summary>
    /// <exception cref="ArgumentException">There is no such type.</exception>
    public static PrimitiveType Get(Type clrType) => Get(clrType switch
    {
        _ when clrType == typeof(string) => PrimitiveKind.String,
        _ when clrType == typeof(bool) => PrimitiveKind.Boolean,
        _ when clrType == typeof(byte) => PrimitiveKind.Byte,
        _ when clrType == typeof(sbyte) => PrimitiveKind.SByte,
        _ when clrType == typeof(short) => PrimitiveKind.Int16,
        _ when clrType == typeof(int) => PrimitiveKind.Int32,
        _ when clrType == typeof(long) => PrimitiveKind.Int64,
        _ when clrType == typeof(float) => PrimitiveKind.Single,
        _ when clrType == typeof(double) => PrimitiveKind.Double,
        _ when clrType == typeof(decimal) => PrimitiveKind.Decimal,
        _ when clrType == typeof(Guid) => PrimitiveKind.Guid,
        _ when clrType == typeof(DateOnly) => PrimitiveKind.Date,
        _ when clrType == typeof(TimeOnly) => PrimitiveKind.TimeOfDay,
        _ when clrType == typeof(System.DateTimeOffset) => PrimitiveKind.DateTimeOffset,
        _ when clrType == typeof(TimeSpan) => PrimitiveKind.Duration,
        _ when clrType == typeof(byte[]) => PrimitiveKind.Binary,
        _ when clrType == typeof(GeoPoint) => PrimitiveKind.GeographyPoint,
        _ => throw new ArgumentException($"No OData primitive type has values of type {clrType}.", nameof(clrType)),
    });
}

/// <summary>The primitive types of OData (CSDL 4.01, 3.3) that a column can have, named as in the Edm namespace.</summary>
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
