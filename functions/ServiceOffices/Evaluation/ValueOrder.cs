using System.Runtime.CompilerServices;

namespace ServiceOffices.Evaluation;

/// <summary>Equality and order of primitive values: ordinal for strings, byte by byte for binaries, each type's own for the rest.</summary>
internal static class ValueOrder<T>
{
    /// <summary>Hashes and compares as <see cref="Same"/> does.</summary>
    public static IEqualityComparer<T> Equality { get; } = typeof(T) == typeof(byte[])
        ? (IEqualityComparer<T>)(object)EqualityComparer<byte[]>.Create(
            (left, right) => left!.AsSpan().SequenceEqual(right), bytes => bytes.Length)
        : EqualityComparer<T>.Default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Same(T left, T right) =>
        typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(left, right) : Equality.Equals(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compare(T left, T right)
    {
        if (typeof(T).IsValueType)
        {
            return Comparer<T>.Default.Compare(left, right);
        }

        return left is string text ? string.CompareOrdinal(text, (string)(object)right!) : Comparer<T>.Default.Compare(left, right);
    }
}
