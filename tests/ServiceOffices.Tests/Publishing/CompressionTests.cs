using System.Text;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

public sealed class CompressionTests
{
    [Fact]
    public void Variants_Text_AreThreeAndReadBack()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"kontor-{i},åäö\r\n")));

        var variants = FileCompression.CreateVariants(text);

        Assert.Equal(["gzip", "br", "zstd"], variants.Select(variant => variant.Encoding));
        Assert.All(variants, variant =>
        {
            Assert.True(variant.Content.Length < text.Length / 2);
            Assert.Equal<byte>(text, PublishingHarness.Decompress(variant.Content.ToArray(), variant.Encoding));
        });
    }

    [Fact]
    public void Variants_LargeFile_ReadBack()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"kontor-{i * 7919},\r\n")));

        Assert.All(FileCompression.CreateVariants(text), variant => Assert.Equal<byte>(text, PublishingHarness.Decompress(variant.Content.ToArray(), variant.Encoding)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    public void Variants_IncompressibleBytes_AreNone(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);

        Assert.Empty(FileCompression.CreateVariants(bytes));
    }
}
