using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Goes from a type known when a query is compiled to generic code that is fast for it.</summary>
internal static class ByKind
{
    /// <summary>Work that is the same for every primitive type.</summary>
    public interface IWork<out TResult>
    {
        TResult Do<T>();
    }

    /// <exception cref="QueryException">501: a structure or a collection stands where only single values are supported.</exception>
    public static TResult Do<TResult>(DataType type, IWork<TResult> work) => type switch
    {
        EnumType => work.Do<int>(),
        PrimitiveType primitive => primitive.Kind switch
        {
            PrimitiveKind.Boolean => work.Do<bool>(),
            PrimitiveKind.Byte => work.Do<byte>(),
            PrimitiveKind.SByte => work.Do<sbyte>(),
            PrimitiveKind.Int16 => work.Do<short>(),
            PrimitiveKind.Int32 => work.Do<int>(),
            PrimitiveKind.Int64 => work.Do<long>(),
            PrimitiveKind.Single => work.Do<float>(),
            PrimitiveKind.Double => work.Do<double>(),
            PrimitiveKind.Decimal => work.Do<decimal>(),
            PrimitiveKind.String => work.Do<string>(),
            PrimitiveKind.Guid => work.Do<Guid>(),
            PrimitiveKind.Date => work.Do<DateOnly>(),
            PrimitiveKind.TimeOfDay => work.Do<TimeOnly>(),
            PrimitiveKind.DateTimeOffset => work.Do<DateTimeOffset>(),
            PrimitiveKind.Duration => work.Do<TimeSpan>(),
            PrimitiveKind.Binary => work.Do<byte[]>(),
            PrimitiveKind.GeographyPoint => work.Do<GeoPoint>(),
            _ => work.Do<Geometry>(),
        },
        _ => throw new QueryException(501, "NotSupported", $"A value of type {type.FullName} is not supported here, only single primitive values are."),
    };
}
