namespace ODataEngine.Execution.Ordering;

/// <summary>Sorts whole numbers digit by digit, the last digit first, in a time that grows with their count alone.</summary>
internal static class RadixSort
{
    private const int DigitBits = 8;

    // Fewer are sorted faster by comparing.
    private const int MinCount = 256;

    /// <summary>Sorts by some of the bits; numbers that are alike in them keep their order, which must be that of the bits below.</summary>
    /// <param name="buffer">As long as the numbers; what stands in it is lost.</param>
    /// <returns>One of the two, sorted.</returns>
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
