# Asks for the camera, the contacts and the microphone in one request at its first start.
.class public Lorg/apprights/proof/bundles/Main;
.super Lorg/apprights/proof/Screen;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Lorg/apprights/proof/Screen;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 3
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    const-string v0, "\u9996\u9875"
    const-string v1, "\u5185\u5bb9"
    invoke-virtual {p0, v0, v1}, Lorg/apprights/proof/Screen;->page(Ljava/lang/String;Ljava/lang/String;)Landroid/view/View;
    move-result-object v0
    invoke-virtual {p0, v0}, Landroid/app/Activity;->setContentView(Landroid/view/View;)V
    const/4 v0, 0x3
    new-array v0, v0, [Ljava/lang/String;
    const-string v1, "android.permission.CAMERA"
    const/4 v2, 0x0
    aput-object v1, v0, v2
    const-string v1, "android.permission.READ_CONTACTS"
    const/4 v2, 0x1
    aput-object v1, v0, v2
    const-string v1, "android.permission.RECORD_AUDIO"
    const/4 v2, 0x2
    aput-object v1, v0, v2
    const/4 v2, 0x1
    invoke-virtual {p0, v0, v2}, Landroid/app/Activity;->requestPermissions([Ljava/lang/String;I)V
    return-void
.end method
