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

    private IEdmExpression? Find(string term, string? member)
    {
        IEdmVocabularyAnnotatable target = set is null ? edm.EntityContainer : edm.EntityContainer.FindEntitySet(set);
        var value = edm.FindDeclaredVocabularyAnnotations(target).SingleOrDefault(one => one.Term.Name == term && one.Term.Namespace == "Org.OData.Capabilities.V1")?.Value;
        return member is null ? value : ((IEdmRecordExpression?)value)?.Properties.SingleOrDefault(one => one.Name == member)?.Value;
    }
}
