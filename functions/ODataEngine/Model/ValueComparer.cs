using System.Runtime.CompilerServices;

namespace ODataEngine.Model;

/// <summary>Compares primitive values: strings by ordinal, binary values by byte, all others by the default comparison of their type.</summary>
internal static class ValueComparer<T>
{
    /// <summary>Gets a comparer that is consistent with <see cref="AreSame"/>.</summary>
    public static IEqualityComparer<T> Equality { get; } = typeof(T) == typeof(byte[])
        ? (IEqualityComparer<T>)(object)EqualityComparer<byte[]>.Create(
            (left, right) => left!.AsSpan().SequenceEqual(right), bytes => bytes.Length)
        : EqualityComparer<T>.Default;

    /// <summary>Tests whether <c>eq</c> is true: like <see cref="AreSame"/>, but NaN does not equal anything (OData 4.01 Part 2, 5.1.1.1.1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(T left, T right) => AreSame(left, right) && !IsNaN(left);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNaN(T value) =>
        (typeof(T) == typeof(double) && double.IsNaN((double)(object)value!)) || (typeof(T) == typeof(float) && float.IsNaN((float)(object)value!));

    /// <summary>Tests whether two values are the same for grouping and counting: NaN is the same as NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreSame(T left, T right) =>
        typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(left, right) : Equality.Equals(left, right);

    /// <summary>Gets the comparison of values with a collation, which only strings have; null for the order of <see cref="Compare"/>.</summary>
    public static Comparison<T> GetComparison(Collation? collation) =>
        collation is null ? Compare : (Comparison<T>)(object)(Comparison<string>)collation.Compare;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compare(T left, T right)
    {
        if (typeof(T).IsValueType)
        {
            return Comparer<T>.Default.Compare(left, right);
        }

        return left is string leftString ? string.CompareOrdinal(leftString, (string)(object)right!) : Comparer<T>.Default.Compare(left, right);
    }
}
