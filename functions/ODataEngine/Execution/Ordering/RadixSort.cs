namespace ODataEngine.Execution.Ordering;

/// <summary>Sorts integers digit by digit, the least significant digit first, in linear time.</summary>
internal static class RadixSort
{
    private const int DigitBits = 8;

    // Fewer numbers are sorted faster by comparison.
    private const int MinCount = 256;

    /// <summary>Sorts by some of the bits. Numbers with the same bits keep their order, which must be that of the lower bits.</summary>
    /// <param name="buffer">As long as the numbers; its content is overwritten.</param>
    /// <returns>Either span, with the sorted numbers.</returns>
    public static ReadOnlySpan<ulong> Sort(Span<ulong> numbers, Span<ulong> buffer, int fromBit, int bits)
    {
        if (numbers.Length < MinCount)
        {
            numbers.Sort();
            return numbers;
        }

        Span<int> next = stackalloc int[1 << DigitBits];
        for (var shift = fromBit; shift < fromBit + bits; shift += DigitBits)
        {
            next.Clear();
            foreach (var number in numbers)
            {
                next[(int)(number >> shift) & 0xFF]++;
            }

            var sum = 0;
            for (var digit = 0; digit < next.Length; digit++)
            {
                (next[digit], sum) = (sum, sum + next[digit]);
            }

            foreach (var number in numbers)
            {
                buffer[next[(int)(number >> shift) & 0xFF]++] = number;
            }

            var sorted = buffer;
            buffer = numbers;
            numbers = sorted;
        }

        return numbers;
    }
}
