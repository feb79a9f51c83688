using ODataEngine.Model;

namespace ODataEngine.Execution.Compilation;

/// <summary>Calls generic code with the CLR type of an OData type, so that values are not boxed.</summary>
internal static class TypeDispatcher
{
    /// <summary>An operation that is the same for every primitive type.</summary>
    public interface ITypedOperation<out TResult>
    {
        TResult Invoke<T>();
    }

    /// <summary>Invokes an operation with the CLR type of the values of a primitive or enumeration type.</summary>
    /// <exception cref="ODataRequestException">501: the type is structured or a collection.</exception>
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
        _ => throw ODataErrors.NotSupported($"A value of type {type.DisplayName} is not supported here; only single primitive values are."),
    };
}
