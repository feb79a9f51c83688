using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;

namespace ServiceOffices.Web.Tests.OData;

/// <summary>The Capabilities annotations of a set or of the container by the short names of their terms.</summary>
internal sealed class CapabilityAnnotations(IEdmModel edm, string? set)
{
    /// <summary>Gets the value of a term or of a member of its record; false, the default of the terms used here, if there is none.</summary>
    public bool Flag(string term, string? member = null) => ((IEdmBooleanConstantExpression?)Find(term, member))?.Value ?? false;

    public int Number(string term, string member) => (int)((IEdmIntegerConstantExpression)Find(term, member)!).Value;

    public IReadOnlyCollection<string> Properties(string term, string member) =>
        Find(term, member) is IEdmCollectionExpression paths ? [.. paths.Elements.Cast<IEdmPathExpression>().Select(path => path.Path)] : [];

    /// <summary>Gets the strings of a member of the record of a term of another vocabulary than Capabilities.</summary>
    public IReadOnlyList<string> Strings(string vocabulary, string term, string member) =>
        [.. ((IEdmCollectionExpression)Find(term, member, vocabulary)!).Elements.Cast<IEdmStringConstantExpression>().Select(text => text.Value)];

    /// <summary>Gets the groupable properties of ApplySupported.</summary>
    public IReadOnlyCollection<string> GroupableProperties =>
        [.. ((IEdmCollectionExpression)Find("ApplySupported", "GroupableProperties", "Aggregation")!).Elements.Cast<IEdmPathExpression>().Select(path => path.Path)];

    /// <summary>Gets the aggregatable properties of ApplySupported with their methods; null for all methods.</summary>
    public IReadOnlyDictionary<string, string[]?> AggregatableProperties =>
        ((IEdmCollectionExpression)Find("ApplySupported", "AggregatableProperties", "Aggregation")!).Elements.Cast<IEdmRecordExpression>().ToDictionary(
            record => ((IEdmPathExpression)record.Properties.Single(one => one.Name == "Property").Value).Path,
            record => ((IEdmCollectionExpression?)record.Properties.SingleOrDefault(one => one.Name == "SupportedAggregationMethods")?.Value)?
                .Elements.Cast<IEdmStringConstantExpression>().Select(text => text.Value).ToArray());

    /// <summary>Returns whether the target has a term of another vocabulary than Capabilities.</summary>
    public bool Has(string vocabulary, string term) => Find(term, null, vocabulary) is not null;

    private IEdmExpression? Find(string term, string? member, string vocabulary = "Capabilities")
    {
        IEdmVocabularyAnnotatable target = set is null ? edm.EntityContainer : edm.EntityContainer.FindEntitySet(set);
        var value = edm.FindDeclaredVocabularyAnnotations(target).SingleOrDefault(one => one.Term.Name == term && one.Term.Namespace == $"Org.OData.{vocabulary}.V1")?.Value;
        return member is null ? value : ((IEdmRecordExpression?)value)?.Properties.SingleOrDefault(one => one.Name == member)?.Value;
    }
}
