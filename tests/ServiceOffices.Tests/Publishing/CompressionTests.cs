using System.Text;
using ServiceOffices.Publishing;

namespace ServiceOffices.Tests.Publishing;

public sealed class CompressionTests
{
    [Fact]
    public void Variants_OfText_AreThreeThatReadBack()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"kontor-{i},åäö\r\n")));

        var variants = Compression.Variants(text);

        Assert.Equal(["gzip", "br", "zstd"], variants.Select(variant => variant.Encoding));
        Assert.All(variants, variant =>
        {
            Assert.True(variant.Content.Length < text.Length / 2);
            Assert.Equal<byte>(text, Desk.Decoded(variant.Content.ToArray(), variant.Encoding));
        });
    }

    [Fact]
    public void Variants_OfABigFile_ReadBackToo()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"kontor-{i * 7919},\r\n")));

        Assert.All(Compression.Variants(text), variant => Assert.Equal<byte>(text, Desk.Decoded(variant.Content.ToArray(), variant.Encoding)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    public void Variants_OfBytesThatNothingShrinks_AreNone(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);

        Assert.Empty(Compression.Variants(bytes));
    }
}
