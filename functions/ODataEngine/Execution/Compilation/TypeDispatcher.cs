using ODataEngine.Model;

namespace ODataEngine.Execution.Compilation;

/// <summary>Goes from a type known when a query is compiled to generic code that is fast for it.</summary>
internal static class TypeDispatcher
{
    /// <summary>Work that is the same for every primitive type.</summary>
    public interface ITypedOperation<out TResult>
    {
        TResult Invoke<T>();
    }

    /// <exception cref="ODataRequestException">501: a structure or a collection stands where only single values are supported.</exception>
    public static TResult Dispatch<TResult>(DataType type, ITypedOperation<TResult> operation) => type switch
    {
        EnumType => operation.Invoke<int>(),
        PrimitiveType primitive => primitive.Kind switch
        {
            PrimitiveKind.Boolean => operation.Invoke<bool>(),
            PrimitiveKind.Byte => operation.Invoke<byte>(),
            PrimitiveKind.SByte => operation.Invoke<sbyte>(),
            PrimitiveKind.Int16 => operation.Invoke<short>(),
            PrimitiveKind.Int32 => operation.Invoke<int>(),
            PrimitiveKind.Int64 => operation.Invoke<long>(),
            PrimitiveKind.Single => operation.Invoke<float>(),
            PrimitiveKind.Double => operation.Invoke<double>(),
            PrimitiveKind.Decimal => operation.Invoke<decimal>(),
            PrimitiveKind.String => operation.Invoke<string>(),
            PrimitiveKind.Guid => operation.Invoke<Guid>(),
            PrimitiveKind.Date => operation.Invoke<DateOnly>(),
            PrimitiveKind.TimeOfDay => operation.Invoke<TimeOnly>(),
            PrimitiveKind.DateTimeOffset => operation.Invoke<DateTimeOffset>(),
            PrimitiveKind.Duration => operation.Invoke<TimeSpan>(),
            PrimitiveKind.Binary => operation.Invoke<byte[]>(),
            PrimitiveKind.GeographyPoint => operation.Invoke<GeoPoint>(),
            _ => operation.Invoke<Geometry>(),
        },
        _ => throw new ODataRequestException(501, ODataErrorCodes.NotSupported, $"A value of type {type.FullName} is not supported here, only single primitive values are."),
    };
}
