using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.Measures.V1;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace ServiceOffices.OData;

/// <summary>One of the OASIS vocabularies that <c>$metadata</c> speaks: its terms, and the reference that says where they stand.</summary>
internal sealed class Vocabulary
{
    private const string BaseUrl = "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/";

    private readonly IEdmModel model;

    private Vocabulary(string alias, IEdmModel terms)
    {
        Alias = alias;
        this.model = terms;
    }

    public static Vocabulary Core { get; } = new("Core", CoreVocabularyModel.Instance);

    public static Vocabulary Capabilities { get; } = new("Capabilities", CapabilitiesVocabularyModel.Instance);

    public static Vocabulary Measures { get; } = new("Measures", MeasuresVocabularyModel.Instance);

    public static Vocabulary Validation { get; } = new("Validation", ValidationVocabularyModel.Instance);

    private string Alias { get; }

    private string Namespace => $"Org.OData.{Alias}.V1";

    /// <summary>Makes the model refer to every vocabulary, by its document in the given format (<c>xml</c> or <c>json</c>).</summary>
    public static void AddReferences(EdmModel edm, string format)
    {
        Vocabulary[] all = [Core, Capabilities, Measures, Validation];
        edm.SetEdmReferences(all.Select(vocabulary => vocabulary.CreateReference(format)).ToList());
        foreach (var vocabulary in all)
        {
            edm.SetNamespaceAlias(vocabulary.Namespace, vocabulary.Alias);
        }
    }

    /// <summary>Says something about an element of the model, where that element stands.</summary>
    public void Annotate(EdmModel edm, IEdmVocabularyAnnotatable target, string term, IEdmExpression value, string? qualifier = null)
    {
        var annotation = CreateAnnotation(edm, target, term, value, qualifier);
        edm.AddVocabularyAnnotation(annotation);
    }

    /// <summary>As <see cref="Annotate"/>, but leaves it to the caller where the annotation is kept.</summary>
    public EdmVocabularyAnnotation CreateAnnotation(EdmModel edm, IEdmVocabularyAnnotatable target, string term, IEdmExpression value, string? qualifier)
    {
        var annotation = new EdmVocabularyAnnotation(target, FindTerm(term), qualifier, value);
        annotation.SetSerializationLocation(edm, EdmVocabularyAnnotationSerializationLocation.Inline);
        return annotation;
    }

    /// <summary>A member of an enumeration of this vocabulary, as the value of an annotation.</summary>
    public IEdmExpression CreateEnumMember(string enumeration, string member)
    {
        var type = (IEdmEnumType)model.FindDeclaredType($"{Namespace}.{enumeration}");
        return new EdmEnumMemberExpression(type.Members.Single(candidate => candidate.Name == member));
    }

    private IEdmTerm FindTerm(string name) =>
        model.FindDeclaredTerm($"{Namespace}.{name}") ?? throw new ArgumentException($"{Namespace} has no term '{name}'.", nameof(name));

    private EdmReference CreateReference(string format)
    {
        var reference = new EdmReference(new Uri($"{BaseUrl}{Namespace}.{format}"));
        reference.AddInclude(new EdmInclude(Alias, Namespace));
        return reference;
    }
}
