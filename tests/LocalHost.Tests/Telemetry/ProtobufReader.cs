using System.Buffers.Binary;
using System.Text;

namespace ServiceOffices.LocalHost.Tests.Telemetry;

/// <summary>A message in protobuf's wire format (https://protobuf.dev/programming-guides/encoding), its fields by number.</summary>
internal sealed class ProtobufReader
{
    private readonly ILookup<int, ReadOnlyMemory<byte>> fields;

    public ProtobufReader(ReadOnlyMemory<byte> message) =>
        fields = Fields(message).ToLookup(field => field.Number, field => field.Content);

    /// <summary>Gets the messages of a repeated field, or the message of a single field.</summary>
    public IEnumerable<ProtobufReader> Messages(int number) => fields[number].Select(content => new ProtobufReader(content));

    public bool Has(int number) => fields.Contains(number);

    public string Text(int number) => fields[number].Select(content => Encoding.UTF8.GetString(content.Span)).FirstOrDefault("");

    public string Hex(int number) => fields[number].Select(content => Convert.ToHexStringLower(content.Span)).FirstOrDefault("");

    public ulong Fixed64(int number) => fields[number].Select(content => BinaryPrimitives.ReadUInt64LittleEndian(content.Span)).FirstOrDefault();

    public double Double(int number) => BitConverter.UInt64BitsToDouble(Fixed64(number));

    public ulong Varint(int number) => fields[number].Select(content => Varint(content.Span, out _)).FirstOrDefault();

    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Content)> Fields(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(message.Span, out var read);
            message = message[read..];
            var length = (tag & 7) switch
            {
                0 => VarintLength(message.Span),
                1 => 8,
                2 => (int)Varint(message.Span, out read) is var bytes ? Skip(ref message, read, bytes) : 0,
                5 => 4,
                _ => throw new InvalidDataException($"Wire type {tag & 7} is not used by OTLP."),
            };
            yield return ((int)(tag >> 3), message[..length]);
            message = message[length..];
        }
    }

    private static int Skip(ref ReadOnlyMemory<byte> message, int read, int bytes)
    {
        message = message[read..];
        return bytes;
    }

    private static int VarintLength(ReadOnlySpan<byte> bytes)
    {
        Varint(bytes, out var read);
        return read;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, out int read)
    {
        var value = 0UL;
        for (read = 0; ; read++)
        {
            value |= (ulong)(bytes[read] & 0x7F) << (7 * read);
            if (bytes[read] < 0x80)
            {
                read++;
                return value;
            }
        }
    }
}
